import { addressOf } from './address.js';
import { followProgress } from './follow-progress.js';
import { endPlayback, play, showPictures, takeEveryRendition } from './play.js';
import { followMade } from './show-made.js';
import { showAbout, showMissing, showProgress, showRefused, showRungs } from './show.js';

const ENDED = new Set(['ready', 'failed', 'cancelled', 'removed']);
const UNDER_WAY = new Set(['pending', 'running', 'retrying']);
const FAMILY_UNDER_WAY = new Set(['pending', 'running', 'joining', 'leaving']);

async function main() {
  const info = await loadInfo();
  if (info === null) return showMissing();
  if (info.refusal) return showRefused(info.refusal);
  const chosen = new URLSearchParams(location.search).get('format') === 'dash' ? 'dash' : 'hls';
  showState(info, chosen);
  if (info.playback) return start(info, chosen);
  if (ENDED.has(info.progress.status)) return;
  await followProgress(showProgress, (progress) => progress.playable_at !== null || ENDED.has(progress.status));
  const done = await loadInfo();
  if (done === null) return showMissing();
  if (done.refusal) return showRefused(done.refusal);
  showState(done, chosen);
  if (done.playback) await start(done, chosen);
}

async function start(info, chosen) {
  const isEarly = !ENDED.has(info.progress.status);
  const player = await play(info, chosen, isEarly);
  const endParts = isEarly ? followMade() : () => undefined;
  showRungs(player.getVariantTracks());
  const made = info.playback.poster ? info : await untilPictures(info);
  endParts();
  if (!made.playback) {
    await endPlayback(player);
    return showState(made, chosen);
  }
  if (made.progress.status === 'ready') takeEveryRendition(player);
  await showPictures(player, made.playback);
  // What plays does not change; viewers who come later get the families.
  const areMade = ({ families }) => !Object.values(families).some(({ state }) => FAMILY_UNDER_WAY.has(state));
  if (!areMade(info.progress)) await followProgress(showProgress, areMade);
}

function showState(info, chosen) {
  showAbout(info, chosen);
  showProgress(info.progress);
}

/** A video may play while it is encoded, and end without being ready; its pictures may be in the making when it is ready. */
async function untilPictures(info) {
  const areOver = ({ status, pipeline_progress: steps }) => ENDED.has(status) && (status !== 'ready' || !UNDER_WAY.has(steps.thumbnails));
  if (!areOver(info.progress)) await followProgress(showProgress, areOver);
  const done = await loadInfo();
  return done?.progress ? done : info;
}

/** Null when there is no such video; `refusal` says why a signed one does not play. Waits while the service is away. */
async function loadInfo() {
  for (;;) {
    const response = await fetch(addressOf('info')).catch(() => null);
    if (response?.ok) return response.json();
    if (response?.status === 404) return null;
    if (response?.status === 403) return { refusal: (await response.json()).detail };
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

void main();
