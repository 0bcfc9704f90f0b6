"""How a page looks: plain, large and calm on a screen, and small enough for one sheet of A4 on paper."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #0b0c0c; font: 1.1875rem/1.4 Arial, Helvetica, sans-serif; }
main, footer { max-width: 42em; margin: 0 auto; padding: 1em; overflow-wrap: break-word; }
h1 { font-size: 1.9em; line-height: 1.15; margin: 0 0 .4em; }
h2 { font-size: 1.25em; line-height: 1.25; margin: 0 0 .5em; }
p { margin: 0 0 .6em; }
a { color: #1d5a9e; text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { background: #fd0; color: #0b0c0c; outline: 3px solid #0b0c0c; }
section { margin-top: 1.6em; }
details { margin-top: 1.6em; }
summary { cursor: pointer; color: #1d5a9e; text-decoration: underline; padding: .2em 0; }
ol, ul { margin: 0; padding-left: 1.3em; }
ol { padding-left: 1.6em; }
li { margin-bottom: .7em; }
li::marker { font-weight: bold; }
header { display: flex; flex-wrap: wrap; gap: 1em 1.5em; align-items: start; }
header > * { flex: 1 1 18em; min-width: 0; max-width: 26em; }
.from, .detail, .note, footer { color: #484f54; }
.from { margin-bottom: .2em; }
.lines { font-weight: bold; }
.detail { margin: .15em 0 0; }
.tel { white-space: nowrap; font-weight: bold; padding: .15em 0; }
.urgent { border: 8px solid #b80014; padding: .5em .7em; margin: 0 0 1em; font-size: 1.5em; font-weight: bold; }
.urgent p { margin: 0; }
.steps, section:has(+ .steps) { border-left: 8px solid #1d5a9e; padding-left: .9em; }
section:has(+ .steps) { margin-bottom: 0; padding-bottom: .4em; }
section:has(+ .steps) + .steps { margin-top: 0; }
section:has(+ .steps) li { font-weight: bold; }
section:has(+ .steps) .detail { font-weight: normal; }
.note { margin-top: 2em; }
.by-hand { display: none; }
footer { border-top: 1px solid #6b7780; }
footer p { font-size: .85em; }
.receipt { overflow-wrap: anywhere; }

@media print {
  @page { size: A4; margin: 10mm 12mm; }
  body { font-size: 8.5pt; line-height: 1.24; }
  main, footer { max-width: none; padding: 0; }
  header { gap: 6mm; flex-wrap: nowrap; }
  header > * { max-width: none; }
  header svg { flex: 0 0 54mm; }
  h1 { font-size: 16pt; margin-bottom: 1mm; }
  h2 { font-size: 10pt; margin-bottom: .7mm; break-after: avoid; }
  p, li { margin-bottom: .8mm; }
  li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  section { margin: 0 0 2.2mm; }
  .sections { columns: 2; column-gap: 7mm; }
  .steps, section:has(~ .steps) { column-span: all; }
  .steps, section:has(+ .steps) { border-left-width: 1mm; padding-left: 3mm; }
  .from, .detail, footer { color: #0b0c0c; }
  .detail { font-size: 8pt; margin: 0; }
  .urgent { border-width: 1.4mm; padding: 1.5mm 3mm; font-size: 15pt; margin-bottom: 2mm; }
  .note, summary, details:not([open]) { display: none; }
  details { margin: 0; columns: 2; column-gap: 7mm; }
  .by-hand { display: block; border: .5mm solid #0b0c0c; padding: 1mm 2mm; margin: 1mm 0 2mm; break-inside: avoid; }
  .name { min-height: 12mm; margin-top: 0; }
  .decision { min-height: 23mm; display: flex; flex-direction: column; }
  .blanks { display: grid; grid-template-columns: 2fr 2fr 1fr; column-gap: 5mm; margin: auto 0 1mm; padding: 0; }
  .blanks li { list-style: none; margin: 0; border-bottom: .2mm solid #0b0c0c; }
  footer { padding-top: 1mm; }
  footer p { font-size: 7pt; margin-bottom: .5mm; }
}
"""
"""The style sheet of a page, to stand inside it."""
