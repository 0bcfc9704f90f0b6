// Elements out of plain data. What people or the service say becomes text, never markup.

/** Make an element: attributes (true: present, null or false: absent; on…: a listener), then its children. */
const make = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return made;
};

let made = 0;
/** Give an id, or a name for a group, that nothing else on the page has. */
const fresh = (word) => `rhrt-${word}-${++made}`;

/** Make a button that looks like a link. `about`: what it is about, for whoever cannot see where it stands. */
const quiet = (words, onclick, about = null) =>
  make("button", { type: "button", class: "quiet", onclick },
    about && make("span", { class: "unseen" }, `${about}: `), words);

/** Give a function that writes text with each telephone number of this pattern as a link that rings it. */
const ringing = (numbers) => {
  const any = new RegExp(`(?<!\\w)(${numbers || "(?!)"})(?!\\w)`);
  const link = (number) => make("a", { class: "tel", href: `tel:${number.replace(/[^\d+]/g, "")}` }, number);
  return (text) => text.split(any).map((part, place) => (place % 2 ? link(part) : part));
};

/** Make a part under a heading. It is named by that, and by which child the prompt is about. */
const partOf = (prompt, words, ...inside) => {
  const id = fresh("title");
  return make("section", { "aria-labelledby": `${id} ${prompt.child.id}` }, make("h3", { id }, words), ...inside);
};

/** Make radio buttons under a legend. `choices` are [value, words, meaning?]. */
const radios = (legend, choices, chosen, { hint = null, inline = true, data = {} } = {}) => {
  const name = fresh("choice");
  const hinted = hint && fresh("hint");
  const one = ([value, words, meaning]) =>
    make("label", {},
      make("input", { type: "radio", name, value, onchange: () => chosen(value) }),
      make("span", {}, words, meaning ? make("span", { class: "meaning" }, meaning) : null));
  return make("fieldset", { "aria-describedby": hinted, ...data },
    make("legend", {}, legend),
    hint ? make("p", { class: "hint", id: hinted }, hint) : null,
    make("div", { class: inline ? "choices" : "choices down" }, choices.map(one)));
};

/** Make each group of radio buttons within show what was chosen. */
const show = (within, attribute, chosenOf) => {
  for (const group of within.querySelectorAll(`[${attribute}]`)) {
    const chosen = chosenOf(group.getAttribute(attribute));
    group.toggleAttribute("data-chosen", chosen !== undefined && chosen !== null);
    for (const radio of group.querySelectorAll(":scope > .choices input")) radio.checked = radio.value === chosen;
  }
};

/** Make something that opens; what is inside is made when it is first opened. */
const opening = (summary, inside, open = false) => {
  const details = make("details", { open }, make("summary", {}, summary), open ? inside() : null);
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...inside());
  });
  return details;
};

/** Make a container hold exactly these [key, maker] in order, and leave alone what it holds already. */
const keep = (container, wanted) => {
  const held = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const keys = new Set(wanted.map(([key]) => key));
  for (const [key, child] of held) if (!keys.has(key)) child.remove();
  let place = container.firstElementChild;
  for (const [key, maker] of wanted) {
    if (place && place.dataset.key === key) {
      place = place.nextElementSibling;
    } else {
      const child = held.get(key) ?? maker();
      child.dataset.key = key;
      container.insertBefore(child, place);
    }
  }
};
