import { hostedWords, type Language } from './hosted-words.ts';

/** How long the customer has to pay, to the minute; empty where there is no time left. */
export function timeLeftText(seconds: number, language: Language): string {
  if (seconds <= 0) return '';
  const minutes = Math.floor(seconds / 60);
  const parts = [
    inUnits(Math.floor(minutes / 60), 'hour', language),
    inUnits(minutes % 60, 'minute', language),
  ];
  return parts.filter((part) => part !== '').join(' ') || hostedWords[language].lessThanMinute;
}

const inUnits = (count: number, unit: 'hour' | 'minute', language: Language): string =>
  count === 0
    ? ''
    : new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

/** Counts down; once time is up, the page is asked for anew, which says so. */
export const timeLeftScript = `const at=document.querySelector('[data-seconds]');
const end=performance.now()+at.dataset.seconds*1000;
const inUnits=(count,unit)=>count===0?'':new Intl.NumberFormat(document.documentElement.lang,{style:'unit',unit,unitDisplay:'long'}).format(count);
let shown=Math.floor(at.dataset.seconds/60);
const tick=()=>{
  const minutes=Math.floor((end-performance.now())/60000);
  if(minutes===shown)return;
  shown=minutes;
  const text=[inUnits(Math.floor(minutes/60),'hour'),inUnits(minutes%60,'minute')].filter(Boolean).join(' ')||at.dataset.last;
  if(minutes<0){clearInterval(clock);location.assign(at.dataset.here)}
  else at.textContent=text;
};
const clock=setInterval(tick,1000);`;
