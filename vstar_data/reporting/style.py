"""The style sheet of the report. Colours are custom properties: charts and text follow the reader's scheme."""

LIGHT = """
  --page: #f6f5f2; --card: #ffffff; --ink: #1d2127; --muted: #5b6370; --line: #dcdad4; --link: #1f5fa8;
  --direct: #2f6fb3; --rationalized: #d08a1d; --rest: #c9c8c3; --third: #7a9a52; --fourth: #8a6fb0; --fifth: #4d9c97;
  --good: #1f7a4d; --good-back: #d5efdf; --bad: #b3392f; --bad-back: #fadcd8; --notice: #fdf3d3;
""".strip()

DARK = """
  --page: #15171a; --card: #1e2125; --ink: #e6e4df; --muted: #a3a9b2; --line: #373b41; --link: #86b9f0;
  --direct: #6da4e0; --rationalized: #e0a64a; --rest: #565a60; --third: #9dbb74; --fourth: #ac95d3; --fifth: #6fbfb9;
  --good: #7fd0a4; --good-back: #1d4632; --bad: #f0958b; --bad-back: #5a2621; --notice: #3d3519;
""".strip()

STYLE = f"""
:root {{ color-scheme: light dark; {LIGHT} }}
@media (prefers-color-scheme: dark) {{ :root {{ {DARK} }} }}
* {{ box-sizing: border-box; }}
html {{ scroll-padding-top: 3.2rem; }}
body {{ margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }}
a {{ color: var(--link); }}
:focus-visible {{ outline: 2px solid var(--link); outline-offset: 2px; }}
.skip {{ position: absolute; left: -99rem; }}
.skip:focus {{ left: .5rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 2; }}
.unseen {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
.page {{ max-width: 1180px; margin: 0 auto; padding: 0 12px; }}
header {{ padding-top: 1.4rem; }}
h1 {{ font-size: 1.55rem; line-height: 1.2; margin: 0 0 .2rem; font-weight: 650; }}
h2 {{ font-size: 1.15rem; margin: 2.2rem 0 .6rem; font-weight: 650; }}
h3 {{ font-size: .95rem; margin: 0; font-weight: 650; }}
p {{ margin: .3rem 0 .7rem; max-width: 75ch; }}
.about, figcaption p, .remark, .where, .gap {{ color: var(--muted); }}
.about {{ margin: 0; font-size: .9rem; }}
nav {{ position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); }}
nav ul {{ display: flex; gap: .15rem 1.1rem; overflow-x: auto; list-style: none; margin: 0 auto; padding: .5rem 12px;
  max-width: 1180px; white-space: nowrap; font-size: .9rem; }}
nav a {{ text-decoration: none; }}
nav a:hover {{ text-decoration: underline; }}
.notice {{ background: var(--notice); border-left: 3px solid var(--rationalized); padding: .5rem .8rem;
  max-width: none; }}
.tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 1px; margin: 1rem 0 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }}
.tiles div {{ background: var(--card); padding: .6rem .8rem; }}
.tiles dt {{ font-size: .8rem; color: var(--muted); }}
.tiles dd {{ margin: 0; font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.25; }}
.tiles dd.remark {{ font-size: .8rem; font-weight: 400; }}
.cards {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(362px, 100%), 1fr)); gap: 12px;
  align-items: start; }}
.card, .example {{ background: var(--card); border: 1px solid var(--line); border-radius: 6px; margin: 0;
  padding: .75rem .7rem; min-width: 0; }}
figcaption p {{ font-size: .82rem; margin: .15rem 0 .5rem; }}
.chart {{ display: block; width: 100%; max-width: 336px; height: auto; margin: 0 auto; overflow: visible; }}
.chart text {{ font-family: inherit; font-size: 11px; }}
.legend {{ display: flex; flex-wrap: wrap; gap: .1rem .9rem; list-style: none; margin: 0 0 .4rem; padding: 0;
  font-size: .8rem; }}
.swatch {{ display: inline-block; width: .75em; height: .75em; margin-right: .35em; border-radius: 2px; }}
details {{ margin-top: .5rem; font-size: .85rem; }}
summary {{ cursor: pointer; color: var(--link); width: fit-content; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .82rem; width: 100%; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; }}
caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
th, td {{ text-align: left; padding: .22rem .5rem .22rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }}
td, tbody th {{ min-width: 3.5em; }}
thead th {{ color: var(--muted); font-weight: 500; vertical-align: bottom; }}
tbody th {{ font-weight: 400; max-width: 20em; overflow-wrap: break-word; }}
td div {{ overflow-wrap: anywhere; min-width: 11em; }}
.nowrap {{ white-space: nowrap; }}
tbody tr:last-child > * {{ border-bottom: 0; }}
th.number, td.number {{ text-align: right; white-space: nowrap; padding: .22rem 0 .22rem .6rem; }}
thead th.number, td.number:has(.nowrap) {{ white-space: normal; }}
@media (max-width: 420px) {{ table {{ font-size: .78rem; }} th.number, td.number {{ padding-left: .4rem; }}
  td, tbody th {{ min-width: 3em; }} }}
code {{ font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }}
.examples {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(362px, 100%), 1fr)); gap: 12px;
  align-items: start; }}
.example h3 {{ display: flex; flex-wrap: wrap; gap: .25rem .4rem; align-items: baseline; font-weight: 400; }}
.chip {{ font-size: .75rem; border: 1px solid var(--line); border-radius: 99px; padding: .02rem .55rem; }}
.chip.good {{ color: var(--good); border-color: currentcolor; }}
.chip.bad {{ color: var(--bad); border-color: currentcolor; }}
.clip {{ font-size: .8rem; color: var(--muted); }}
.frames {{ display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px; margin: .5rem 0; }}
.frames figure {{ margin: 0; }}
.frames img {{ display: block; width: 100%; height: auto; max-height: 150px; object-fit: contain; border-radius: 3px;
  background: #000; }}
.frames figcaption {{ font-size: .72rem; color: var(--muted); text-align: center; }}
.no-picture {{ border: 1px dashed var(--line); border-radius: 3px; padding: .8rem; font-size: .82rem;
  color: var(--muted); }}
.example dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .25rem .7rem; margin: .4rem 0 0;
  font-size: .88rem; }}
.example dt {{ color: var(--muted); grid-column: 1; }}
.example dd {{ margin: 0; grid-column: 2; min-width: 0; }}
.answer {{ white-space: pre-wrap; }}
mark {{ color: inherit; border-radius: 2px; padding: 0 .1em; box-decoration-break: clone; }}
mark.good {{ background: var(--good-back); border-bottom: 2px solid var(--good); }}
mark.bad {{ background: var(--bad-back); border-bottom: 2px dashed var(--bad); }}
.where {{ font-size: .75rem; margin: .5rem 0 0; }}
footer {{ margin: 2.5rem 0 1.5rem; color: var(--muted); font-size: .82rem; }}
@media print {{ nav {{ position: static; }} .card, .example {{ break-inside: avoid; }} }}
""".strip()
