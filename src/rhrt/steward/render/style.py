"""How the pages of a rulebook look: the house style of `rhrt.present.style`, with tables, and room for them."""

from rhrt.present.html import STYLE

NARROW_LABEL = "data-label"
"""The attribute with the name of a cell's column, shown where the column's head is out of sight."""

PAGES_STYLE = (
    STYLE
    + """
main, footer, .top { max-width: 76em; }
main > p, main > ul, main > ol, main > dl, .notice { max-width: 44em; }
h2 { margin-top: 1.8em; }
h3 { font-size: 1.05em; margin: 1.4em 0 .5em; }
.top { display: block; margin: 0 auto; padding: 1em 1em 0; }
.top > * { max-width: none; }
.top ul, .others { display: flex; flex-wrap: wrap; gap: 0 1.2em; list-style: none; padding: 0; }
.top ul { border-block: 1px solid #6b7780; padding: .4em 0; }
.top li, .others li { margin: 0; padding: .2em 0; }
[aria-current] { color: inherit; font-weight: bold; text-decoration: none; }
.skip { position: absolute; left: -99em; }
.skip:focus { position: static; display: inline-block; margin: .5em 1em; }
.notice { border-left: 8px solid #1d5a9e; padding: .2em 0 .2em .9em; margin: 1em 0; }
.notice p { margin: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: .6em 0 1.4em; font-size: .875em; }
th, td { text-align: left; vertical-align: top; font-weight: normal; padding: .6em .8em .6em 0; }
th, td { border-bottom: 1px solid #6b7780; overflow-wrap: anywhere; }
thead th { font-weight: bold; border-bottom-width: 3px; }
td p, th p, td ul, td dl, dd, dl { margin: 0 0 .5em; }
td ul, th ul { padding-left: 1.1em; }
td li, th li { margin-bottom: .3em; }
.called { font-weight: bold; }
.quoted { font-size: 1.1em; }
.source { color: #484f54; font-size: .93em; }
.pairs > div { margin-bottom: .35em; }
.pairs dt { font-weight: bold; }
.pairs dd { margin: 0; }
.pairs dd p { margin: .2em 0 0; }
td details, th details, dd details { margin: 0; }
td .fill { margin: .3em 0; }
.levels th:first-child { width: 18%; }
.levels th:nth-child(2) { width: 40%; }
.indicators th:first-child { width: 36%; }
.indicators th:last-child { width: 26%; }
.counts th:first-child { width: 40%; }
.rules th:first-child { width: 32%; }
.rules th:last-child { width: 25%; }
.two th:first-child { width: 40%; }
.clauses th:first-child { width: 22%; }
.clauses th:last-child { width: 34%; }
:target { outline: 3px solid #0b0c0c; outline-offset: 3px; background: #fff6c4; }
.fill { border: 2px dashed #b80014; padding: .1em .4em; font-weight: bold; }

@media screen and (max-width: 50em) {
  table, tbody, tr, th, td { display: block; width: auto !important; }
  thead { position: absolute; left: -99em; }
  tr { border-bottom: 3px solid #6b7780; padding: .6em 0; }
  th, td { border: 0; padding: .3em 0; }
  td[data-label]::before { content: attr(data-label); display: block; font-weight: bold; }
  .counts td { display: inline-block; margin-right: 1em; }
  .counts td::before { display: inline !important; content: attr(data-label) ": " !important; }
}

@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; }
  body { background: #111416; color: #f3f2f1; }
  a, summary { color: #8cc4ff; }
  .from, .detail, .note, .source, footer { color: #c3c9cd; }
  .notice { border-color: #8cc4ff; }
  .fill { border-color: #ff9a9a; }
  :target { outline-color: #f3f2f1; background: #3a3410; }
}

@media print {
  .top nav, .others, .skip { display: none; }
  .top { padding: 0; }
  table { font-size: 8pt; }
  tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; margin-top: 4mm; }
  main > p, main > ul, main > ol, main > dl { max-width: none; }
  summary { display: inline; color: inherit; text-decoration: none; }
  td details:not([open]), th details:not([open]), dd details:not([open]) { display: block; }
  td details, th details, dd details { columns: auto; }
}
"""
)
"""The style sheet of every page, to stand inside it."""
