export const css = `:root{color-scheme:light dark;--ink:#2b2118;--soft:#5d4d3e;--paper:#fdf9f3;--card:#fff;--shelf:#f6ecdd;--accent:#9a4a12;--on-accent:#fff;
--line:#e6d9c8;--edge:#927c63;--quiet:#efe4d5;--focus:#b8651b;--bad:#a3210f;--good:#1e6b3a}
@media (prefers-color-scheme:dark){:root{--ink:#f3e9dc;--soft:#cdbba6;--paper:#1d1712;--card:#2a221b;--shelf:#3a2f25;--accent:#f0a35e;--on-accent:#2b1a0c;
--line:#4a3d31;--edge:#a08c76;--quiet:#43372c;--focus:#ffc58a;--bad:#ff9d8a;--good:#86d9a2}.goods svg{opacity:.9}}
*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.55 Georgia,serif;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
header,main{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;align-items:center}
.brand{font-weight:700;font-size:1.2rem;color:inherit;text-decoration:none}a{color:var(--accent)}
nav{display:flex;flex-wrap:wrap;gap:0 1.1rem}header nav{font-size:.9rem;gap:0 .9rem}nav a,.brand{display:inline-block;padding:.3rem 0}a[aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
h1{font-size:clamp(1.9rem,6vw,3rem);line-height:1.15;margin:.5rem 0}.lead{font-size:1.2rem;color:var(--soft);margin-top:0}
.currencies{margin:1rem 0}ul{list-style:none;padding:0}.goods{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr))}
.goods li,.methods li{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
.goods svg{width:100%;height:9rem;background:var(--shelf);border-radius:.7rem}h2,h3{font-size:1.2rem;margin:.8rem 0 .3rem}
.price{font-size:1.1rem;margin:0 0 .6rem}input{font:inherit;color:inherit;padding:.55rem .7rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card);max-width:100%}
.goods input{width:5rem;margin-left:.5rem}.methods{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr))}
.methods input{width:100%;margin:.3rem 0}.method{display:flex;gap:.9rem;align-items:center}.method h3{margin:0}input[aria-invalid]{border:2px solid var(--bad)}
label{display:inline-block;margin-top:.5rem}.hint,.left{color:var(--soft);font-size:.95rem;margin:.2rem 0}.fault{color:var(--bad);margin:.4rem 0}
button,.button{display:inline-block;margin:1rem 0 0;padding:.8rem 1.8rem;font:inherit;font-weight:700;color:var(--on-accent);background:var(--accent);border:0;border-radius:2rem;text-decoration:none;text-align:center;cursor:pointer}
p:has(>.button){margin:0}button.quiet,.button.quiet{background:var(--quiet);color:var(--ink)}:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.order{color:var(--soft);margin-bottom:0;overflow-wrap:anywhere}.status{border-left:.35rem solid var(--line);padding:.2rem 1.2rem;margin:1.25rem 0}
.status p,.status h2{margin:.3rem 0}.status p:empty,.left:empty,.fault:empty{display:none}.status h2{font-size:1.5rem;line-height:1.3}.confirmed{color:var(--soft)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[data-status=paid],[data-status=verified]{color:var(--good)}[data-status=failed],[data-status=expired],[data-status=canceled]{color:var(--bad)}`;
