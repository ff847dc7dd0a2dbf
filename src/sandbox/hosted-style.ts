export const style = `:root{color-scheme:light dark;--ink:#172033;--soft:#56617a;--link:#3b4865;--paper:#eef1f7;--card:#fff;--line:#d5dae5;--edge:#8b95ab;
--accent:#2456d6;--on-accent:#fff;--quiet:#e8ecf5;--focus:#2456d6;--bad:#b42318}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf6;--soft:#aab4c9;--link:#c3cce0;--paper:#10141d;--card:#1b2130;--line:#343d52;--edge:#75819c;
--accent:#8fb0ff;--on-accent:#0b1530;--quiet:#313a50;--focus:#b9ccff;--bad:#ff9a8f}}
*{box-sizing:border-box}body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);min-height:100vh;overflow-wrap:break-word}
header,footer,main{max-width:27rem;margin:0 auto;padding:1rem 1.25rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;align-items:center;font-size:1.1rem;letter-spacing:.02em}
nav{display:flex;flex-wrap:wrap;gap:0 1rem;font-size:.95rem}nav a{display:inline-block;padding:.3rem 0;color:var(--link)}nav a[aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
main{background:var(--card);border-radius:1rem;padding:1.75rem;box-shadow:0 1px 2px #0001,0 12px 32px #1b2b5a1a}
h1{margin:.1rem 0 1rem;font-size:2.1rem;line-height:1.2;letter-spacing:-.02em}h2{font-size:1.15rem;margin:1.25rem 0 .75rem}
.order,.left{margin:0;color:var(--soft);overflow-wrap:anywhere}.left{margin-bottom:1rem}footer{color:var(--soft);font-size:.9rem;text-align:center}
label{display:block;margin:.4rem 0 .3rem;font-weight:600}
input{width:100%;padding:.7rem .8rem;font:inherit;color:inherit;border:1px solid var(--edge);border-radius:.5rem;background:var(--card)}::placeholder{color:var(--soft);opacity:1}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
input[aria-invalid]{border:2px solid var(--bad)}.fault{margin:.25rem 0 .5rem;color:var(--bad);font-size:.9rem;min-height:1.4em}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:0 1rem}.pair>div{display:grid;grid-row:span 3;grid-template-rows:subgrid}.pair label{align-self:end}.card{white-space:nowrap}
button,.button{display:block;width:100%;margin-top:.75rem;padding:.85rem;font:inherit;font-weight:700;text-align:center;
text-decoration:none;color:var(--on-accent);background:var(--accent);border:0;border-radius:.5rem;cursor:pointer}
button.quiet{background:var(--quiet);color:var(--ink)}details{margin-top:1.25rem;border-top:1px solid var(--line);padding-top:.75rem}summary{padding:.25rem 0;cursor:pointer}
ul{margin:.5rem 0 0;padding-left:1.1rem}.status{font-size:1.1rem}`;
