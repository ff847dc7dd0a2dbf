import { Router } from 'express';
import { css } from './css.ts';

/**
 * Shows each change as it comes. What is said to those who listen to the page is changed only where it has changed.
 * While the customer chooses how to pay, only the time passes, until there is nothing to choose any more.
 */
const statusScript = `const box=document.querySelector('[data-order]');
const part=(name)=>document.querySelector('[data-testid="'+name+'"]');
const put=(name,text)=>{const at=part(name);if(at.textContent!==text)at.textContent=text};
const order='/orders/'+box.dataset.order;
const stays=box.dataset.while?.split(' ');
let ways=null;
new EventSource(order+'/events'+location.search).onmessage=({data})=>{
  const now=JSON.parse(data);
  put('left',now.left);
  if(stays){if(!stays.includes(now.status))location.assign(order);return}
  const status=part('status').dataset;
  const isNew=ways===null?status.status!==now.status:ways!==now.ways;
  status.status=now.status;
  put('status',now.text);put('reason',now.note);put('confirmed',now.confirmed);
  document.title=now.title;
  ways=now.ways;
  if(!isNew)return;
  const here=part('ways');
  const holdsFocus=here.contains(document.activeElement);
  here.innerHTML=ways;
  if(holdsFocus)box.focus();
};`;

const redirectScript = `document.getElementById('redirect').submit();`;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 96"><ellipse cx="60" cy="52" rx="52" ry="32" fill="#b5702b"/><ellipse cx="60" cy="45" rx="45" ry="25" fill="#d99a4e"/></svg>';

const files: Readonly<Record<string, string>> = {
  'shop.css': css,
  'status.js': statusScript,
  'redirect.js': redirectScript,
  'icon.svg': icon,
};

/** What the pages are made up with. */
export function assets(): Router {
  const router = Router();
  router.get('/:name', ({ params: { name } }, response, next) => {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (file === undefined) next();
    else response.set('cache-control', 'max-age=3600').type(name).send(file);
  });
  return router;
}
