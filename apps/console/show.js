import { formatAddress } from './address.js';

const STATUS_TEXT = {
  uploading: 'Waiting for the upload',
  uploaded: 'Waiting for a worker',
  probing: 'Looking at the source',
  transcoding: 'Encoding',
  packaging: 'Packaging',
  moderating: 'Being reviewed',
  ready: 'Ready',
  failed: 'This video could not be processed',
  cancelled: 'Cancelled',
  removed: 'Removed',
};

/** After these no step starts any more. */
const STOPPED = new Set(['failed', 'cancelled', 'removed']);

const element = (id) => document.getElementById(id);

/** Titles come from users: they are only ever set as text. */
export function showAbout(info, format) {
  document.title = `${info.title} · sprocket`;
  element('title').textContent = info.title;
  const facts = [info.durationSec && durationText(info.durationSec), info.width && `${info.width} × ${info.height} source`];
  element('facts').textContent = facts.filter(Boolean).join(' · ');
  const links = [];
  if (info.playback) {
    links.push(link('HLS', formatAddress('hls'), format === 'hls'), link('DASH', formatAddress('dash'), format === 'dash'));
  }
  if (info.temporalUiUrl) links.push(link('Workflow', info.temporalUiUrl, false));
  element('links').replaceChildren(...links);
}

export function showProgress(progress) {
  const badge = element('status');
  badge.textContent = progress.status;
  badge.dataset.status = progress.status;
  const failed = progress.status === 'failed';
  element('percent').textContent = failed ? '!' : `${progress.percent}%`;
  element('dial').style.setProperty('--share', progress.percent);
  element('dial').classList.toggle('failed', failed);
  element('headline').textContent = headlineOf(progress);
  element('detail').textContent = detailText(progress);
  const stopped = STOPPED.has(progress.status);
  const steps = Object.entries(progress.pipeline_progress).map(([step, value]) => stepItem(step, value, stopped));
  const families = Object.entries(progress.families).map(([family, value]) => familyItem(family, value, stopped));
  element('steps').replaceChildren(...steps, ...families);
  element('warnings').replaceChildren(...progress.warnings.map(({ step, message }) => textItem(`${step}: ${message}`)));
}

/** One chip for each picture size on offer. */
export function showRungs(tracks) {
  const heights = new Map(tracks.filter((track) => track.height).map((track) => [track.height, track]));
  const sorted = [...heights.values()].sort((a, b) => b.height - a.height);
  element('rungs').replaceChildren(
    ...sorted.map((track) => {
      const chip = document.createElement('span');
      const rate = track.bandwidth ? ` · ${rateText(track.bandwidth)}` : '';
      chip.textContent = `${track.width}×${track.height}${rate}`;
      return chip;
    }),
  );
}

function rateText(bitsPerSecond) {
  return bitsPerSecond < 1e6 ? `${Math.round(bitsPerSecond / 1e3)} kb/s` : `${(bitsPerSecond / 1e6).toFixed(1)} Mb/s`;
}

export function showMissing() {
  showNothing('not found', 'There is no video at this address', 'Check the address, or ask for a new link.');
}

/** A signed video without a token that opens it. */
export function showRefused(sentence) {
  showNothing('no access', 'This video needs a link of its owner', sentence);
}

function showNothing(status, headline, detail) {
  document.title = `${headline} · sprocket`;
  element('status').textContent = status;
  element('dial').hidden = true;
  element('headline').textContent = headline;
  element('detail').textContent = detail;
  element('steps').parentElement.hidden = true;
}

function headlineOf({ status, ingest }) {
  if (status === 'uploading' && ingest) return ingest.state === 'waiting' ? 'Waiting to be fetched' : 'Fetching the original';
  return STATUS_TEXT[status] ?? status;
}

function fetchedText({ bytes_received: received, bytes_total: total }) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  return total ? `${megabytes(received)} of ${megabytes(total)} MB` : `${megabytes(received)} MB`;
}

function detailText(progress) {
  if (progress.error) return `${progress.error.message} ${progress.error.advice}`;
  if (progress.status === 'uploading' && progress.ingest?.problem) return `${progress.ingest.problem} Another attempt follows.`;
  if (progress.status === 'uploading' && progress.ingest) return fetchedText(progress.ingest);
  if (!progress.estimated_completion) return '';
  const seconds = (Date.parse(progress.estimated_completion) - Date.now()) / 1000;
  return seconds > 1 ? `about ${durationText(seconds)} left` : 'nearly there';
}

function stepItem(step, value, stopped) {
  const state = typeof value === 'string' ? value : value.state;
  const item = document.createElement('li');
  item.dataset.state = state;
  item.append(span(step), span(stopped && state === 'pending' ? 'not started' : state, 'state'));
  if (typeof value !== 'string' && value.total > 0) {
    item.lastChild.textContent = state === 'completed' ? 'completed' : `${value.completed} of ${value.total} · ${value.percent}%`;
    item.append(bar(step, value.percent));
  }
  return item;
}

/** A codec family that follows the title; its state looks as that of a step. */
function familyItem(family, { state, percent }, stopped) {
  const item = document.createElement('li');
  item.dataset.state = { ready: 'completed', joining: 'running' }[state] ?? state;
  const isUnderWay = state === 'running' || state === 'joining';
  const text = stopped && state === 'pending' ? 'not started' : state;
  item.append(span(family), span(isUnderWay ? `${percent}%` : text, 'state'));
  if (isUnderWay) item.append(bar(family, percent));
  return item;
}

function span(text, className = '') {
  const made = document.createElement('span');
  made.textContent = text;
  made.className = className;
  return made;
}

function bar(label, percent) {
  const made = document.createElement('progress');
  made.max = 100;
  made.value = percent;
  made.setAttribute('aria-label', label);
  return made;
}

function textItem(text) {
  const item = document.createElement('li');
  item.textContent = text;
  return item;
}

function link(text, href, current) {
  const anchor = document.createElement('a');
  anchor.textContent = text;
  anchor.href = href;
  if (current) anchor.setAttribute('aria-current', 'true');
  if (href.startsWith('http')) anchor.rel = 'noopener noreferrer';
  return anchor;
}

function durationText(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return (parts[0] > 0 ? parts : parts.slice(1))
    .map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');
}
