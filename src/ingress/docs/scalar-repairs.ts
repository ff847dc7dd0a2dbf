/**
 * What Scalar gets wrong for screen readers and keyboards, by selector: attributes to set, or to take away (null). Newer
 * versions get most of it right, but cannot be installed with Node 20. test/ingress/docs-page.test.ts says what is missing here.
 */
const repairs: readonly (readonly [string, Readonly<Record<string, string | null>>])[] = [
  ['aside[role=navigation],button[role=search],button[role=none]', { role: null }],
  ['button[class*=copy-button]', { 'aria-label': 'Copy', 'aria-controls': null }],
  // Each example would be one more landmark.
  ['.scalar-card[role=region]', { role: 'group' }],
  ['input[role=combobox]:not([aria-expanded])', { 'aria-expanded': 'true' }],
];

/** A button inside a button cannot be reached. What these do can be done elsewhere: each example has its own menu of languages. */
export const repairStyle =
  '.client-libraries__select,.parameter-item-trigger button,.collapsible-section-trigger button{display:none!important}';

/** Runs beside Scalar, which may draw any part of the page again at any time. */
export const repairScript = `(() => {
  const repairs=${JSON.stringify(repairs)};
  const set=(element,name,value)=>{
    if(value===null)element.removeAttribute(name);
    else if(element.getAttribute(name)!==value)element.setAttribute(name,value);
  };
  const each=(selector,act)=>document.querySelectorAll(selector).forEach(act);
  const repair=()=>{
    for(const [selector,attributes] of repairs)
      each(selector,(element)=>Object.entries(attributes).forEach(([name,value])=>set(element,name,value)));
    each('button[aria-selected]:not([role])',(button)=>{
      set(button,'aria-current',button.getAttribute('aria-selected'));
      set(button,'aria-selected',null);
    });
    each('button.show-more[aria-label^="Show all"]',(button)=>
      set(button,'aria-label',button.getAttribute('aria-label').replace('Show all','Show More:')));
    each('code.hljs,ul.endpoints,.cm-scroller',(box)=>
      set(box,'tabindex',box.scrollWidth>box.clientWidth||box.scrollHeight>box.clientHeight?'0':null));
    each('.scalar-container .cm-content',(field)=>
      set(field,'aria-label',field.parentElement.closest('[aria-label]')?.getAttribute('aria-label').replace('undefined ','')??'Body'));
    each('.scalar-container tr input[type=checkbox]',(box)=>set(box,'aria-label','Send '+(box.closest('tr').id||'this')));
    const dialog=document.querySelector('.scalar-container [role=dialog]');
    const isOpen=dialog!==null&&dialog.getClientRects().length>0;
    each('.references-layout>aside,.references-layout>main,.references-layout~section',(behind)=>set(behind,'inert',isOpen?'':null));
  };
  let isDue=false;
  const repairSoon=()=>{
    if(isDue)return;
    isDue=true;
    requestAnimationFrame(()=>{isDue=false;repair()});
  };
  new MutationObserver(repairSoon).observe(document.body,{subtree:true,childList:true,attributes:true,
    attributeFilter:['aria-label','aria-selected','class','role','style']});
  addEventListener('resize',repairSoon);
  repairSoon();
})();
`;
