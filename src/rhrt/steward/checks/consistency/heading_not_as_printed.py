"""An indicator stands under another heading than the one it was printed under.

Finds: an indicator whose `printed_heading` is none of the forms in which its heading was printed. A heading of the
rulebook's own, which was printed nowhere, is left alone.

Why it matters: the indicator is looked for, and shown, among those of its heading.

To put it right: compare it with the framework. Change the heading, or add the form to `printed`.
"""

from rhrt.steward.checks import Problem, Problems, RulebookFolder, Weight

WEIGHT: Weight = "error"


def check(folder: RulebookFolder) -> Problems:
    """Report each indicator whose heading was not printed as its own was."""
    printed = {heading.id: heading.printed for heading in folder.rulebook.headings}
    for file, location, entry in folder.entries("indicators"):
        own, forms = entry.get("printed_heading"), printed.get(entry.get("heading", ""), ())
        if own and forms and own not in forms:
            what = f"'{entry['id']}' was printed under '{own}', and stands under '{entry['heading']}'."
            yield Problem(file, (*location, "heading"), what, "Compare it with the framework.")
