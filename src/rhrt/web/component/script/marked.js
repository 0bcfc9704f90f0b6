// What the practitioner marked, and the record of it. Nothing here could hold a name or a story.

class Marked {
  rulebook = null; // the id of the one it was marked by, where that is known

  situation = {};

  followUps = {}; // a follow-up question's id: yes, no or not-known

  marks = new Map(); // an indicator's id: present, absent or not-known, in the order marked

  band = null;

  circumstances = new Set();

  level = null; // the practitioner's own

  reason = null;

  committed = false; // asked for their own level, they answered (or would rather not say)

  get empty() {
    const said = [...Object.keys({ ...this.situation, ...this.followUps }), ...this.marks, ...this.circumstances];
    return !said.length && this.band === null && this.level === null;
  }

  /** Give the record as the service reads it. */
  record(rulebook) {
    const marked = (mark) => [...this.marks].filter(([, own]) => own === mark).map(([id]) => id);
    return {
      rulebook,
      child: { age_band: this.band },
      indicators: { present: marked("present"), absent: marked("absent"), not_known: marked("not-known") },
      circumstances: [...this.circumstances],
      situation: { ...this.situation },
      follow_ups: { ...this.followUps },
      judgement: this.committed ? { level: this.level, reason: this.reason } : null, // without a level: rather not say
    };
  }

  /** Say whether another says the same, in whatever order. */
  equals(other) {
    const lists = (one) => [Object.entries(one.situation), Object.entries(one.followUps), one.marks, one.circumstances];
    const said = (one) =>
      JSON.stringify([lists(one).map((list) => [...list].sort()), one.band, one.level, one.reason, one.committed]);
    return said(this) === said(other);
  }

  /** Read a record of the right shape again: one kept by the browser, or a draft kept by the host. */
  static of(record, committed = false) {
    const marked = new Marked();
    marked.rulebook = record?.rulebook ?? null;
    for (const [mark, key] of [["present", "present"], ["absent", "absent"], ["not-known", "not_known"]]) {
      for (const id of record?.indicators?.[key] ?? []) marked.marks.set(id, mark);
    }
    const asked = Object.entries(record?.situation ?? {}).filter(([, answer]) => answer !== "not-asked");
    marked.situation = Object.fromEntries(asked);
    marked.followUps = { ...record?.follow_ups };
    marked.band = record?.child?.age_band ?? null;
    marked.circumstances = new Set(record?.circumstances ?? []);
    marked.level = record?.judgement?.level ?? null;
    marked.reason = record?.judgement?.reason ?? null;
    marked.committed = committed || Boolean(record?.judgement);
    return marked;
  }
}
