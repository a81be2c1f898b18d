import { addressOf } from './address.js';

const LOOK_EVERY_MS = 2000;

/** Draws on the seek bar which parts of the title are there and which are at work, until the function that it returns is called. */
export function followMade() {
  let isOver = false;
  let timer;

  async function look() {
    const response = await fetch(addressOf('parts')).catch(() => null);
    if (isOver) return;
    if (response?.ok) draw(await response.json());
    timer = setTimeout(look, LOOK_EVERY_MS);
  }

  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    document.getElementById('player').style.removeProperty('--parts');
  };
}

function draw({ made, atWork }) {
  const bands = [...made.map((part) => band('var(--made)', part)), ...atWork.map((part) => band('var(--at-work)', part))];
  document.getElementById('player').style.setProperty('--parts', bands.join(', ') || 'none');
}

/** One layer of a background: a colour between two places, and nothing elsewhere. */
function band(colour, [from, to]) {
  const [start, end] = [from, to].map((share) => `${(100 * share).toFixed(2)}%`);
  return `linear-gradient(to right, transparent ${start}, ${colour} ${start} ${end}, transparent ${end})`;
}
