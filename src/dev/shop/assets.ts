export const css = `:root{--ink:#2b2118;--paper:#fdf9f3;--accent:#9a4a12;--line:#e6d9c8;--bad:#a3210f;--good:#1e6b3a}
*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.55 Georgia,serif;color:var(--ink);background:var(--paper)}
header,main{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}header{display:flex;justify-content:space-between;align-items:center}
.brand{font-weight:700;font-size:1.2rem;color:inherit;text-decoration:none}a{color:var(--accent)}
nav a{margin-left:.8rem}a[aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
h1{font-size:clamp(2rem,6vw,3rem);line-height:1.15;margin:.5rem 0}.lead{font-size:1.2rem;color:#5d4d3e;margin-top:0}
.currencies a{margin-right:1rem}.goods{list-style:none;padding:0;display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}
.goods li,.methods li{background:#fff;border:1px solid var(--line);border-radius:1rem;padding:1.25rem}
.goods svg{width:100%;height:9rem;background:#f6ecdd;border-radius:.7rem}h2{font-size:1.2rem;margin:.8rem 0 .3rem}
.price{font-size:1.1rem;margin:0 0 .6rem}input{font:inherit;padding:.55rem .7rem;border:1px solid #927c63;border-radius:.5rem;background:#fff;max-width:100%}
.goods input{width:5rem;margin-left:.5rem}.methods{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr))}
.methods input{width:100%}.method{display:flex;gap:.9rem;align-items:center}.method h2{margin:0}
label{display:inline-block;margin-top:.5rem}.hint{color:#5d4d3e;font-size:.95rem;margin:.2rem 0}.fault{color:var(--bad);margin:.2rem 0}
button,.button{display:inline-block;margin:1rem 0 0;padding:.8rem 1.8rem;font:inherit;font-weight:700;color:#fff;background:var(--accent);border:0;border-radius:2rem;text-decoration:none;cursor:pointer}
button.quiet{background:#efe4d5;color:var(--ink)}:focus-visible{outline:3px solid #d98a3d;outline-offset:2px}
.order{color:#5d4d3e;margin-bottom:0;overflow-wrap:anywhere}.status{border-left:.35rem solid var(--line);padding:.2rem 1.2rem;margin:1.25rem 0}
.status p{margin:.3rem 0}.status [data-status]{font-size:1.5rem}.status ul{padding-left:1.1rem;font-size:.95rem;overflow-wrap:anywhere}
[data-status=paid],[data-status=verified]{color:var(--good)}[data-status=failed],[data-status=expired],[data-status=canceled]{color:var(--bad)}`;

/** Shows each change as it comes; another status than the page was made for loads it anew, for its buttons. */
export const statusScript = `const box=document.querySelector('[data-order]');
const status=box.querySelector('[data-status]');
const told=box.querySelector('ul');
const live=new EventSource('/orders/'+box.dataset.order+'/events');
live.onmessage=({data})=>{
  const now=JSON.parse(data);
  if(now.status!==status.dataset.status){live.close();location.reload();return}
  told.replaceChildren(...now.told.map((line)=>Object.assign(document.createElement('li'),{textContent:line})));
};`;

export const redirectScript = `document.getElementById('redirect').submit();`;
