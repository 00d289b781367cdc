import { type Html, html } from './html.ts';

/** How pages of reports look, on a screen and on paper. */
export const reportStyle: Html = html`
body { font: 15px/1.45 system-ui, sans-serif; color: #1c1e21; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .3rem; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; border-bottom: 1px solid #d0d4d9; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .88rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border: 1px solid #d0d4d9; overflow-wrap: anywhere; }
th { background: #f2f4f6; } td:first-child { overflow-wrap: normal; }
.grade { font-size: 1.2rem; font-weight: 600; padding: .4rem .8rem; border-left: .4rem solid; }
.pass { color: #17632f; } .fail, .refused { color: #a1121f; } .inconclusive { color: #7a5200; }
pre { background: #f7f8f9; border: 1px solid #d0d4d9; padding: .6rem; font: 12px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.prose { font: inherit; font-size: .92rem; }
.added { color: #17632f; background: #e9f6ec; } .removed { color: #a1121f; background: #fceeee; } .meta { color: #57606a; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: .8rem; }
figure { margin: 0; } figcaption { font-size: .85rem; margin-bottom: .2rem; }
svg { width: 100%; } svg text { font: 11px system-ui, sans-serif; fill: #1c1e21; }
.flawed { --arm: #c9565f; } .reference { --arm: #8a94a0; } .candidate { --arm: #2f6fb0; }
rect.flawed, rect.reference, rect.candidate, circle { fill: var(--arm); }
polyline { fill: none; stroke: var(--arm); stroke-width: 1.8; } line.grid { stroke: #e2e5e9; }
.key { border-bottom: 3px solid var(--arm); } h4 { font-size: .88rem; margin: .5rem 0 .2rem; }
line.bound { stroke: #1c1e21; stroke-width: 1.5; stroke-dasharray: 4 3; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } section { break-inside: auto; } tr, figure { break-inside: avoid; } }
`;
