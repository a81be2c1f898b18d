/* global shaka */

const CONTROLS = {
  overflowMenuButtons: ['quality', 'captions', 'language', 'playback_rate', 'picture_in_picture', 'loop'],
  controlPanelElements: ['play_pause', 'mute', 'volume', 'time_and_duration', 'spacer', 'overflow_menu', 'fullscreen'],
  seekBarColors: { base: 'rgba(255,255,255,.25)', buffered: 'rgba(255,255,255,.45)', played: '#7c5cff' },
};

/** The origin holds a request for a segment that is being made for up to 15 s, and asks to come again then. */
const PATIENCE = { timeout: 120_000, connectionTimeout: 60_000, stallTimeout: 60_000, maxAttempts: 6, baseDelay: 1000 };

/** The smallest renditions of a title that opens are there before the others, whatever the browser says of its network. */
const SMALLEST_FIRST = { enabled: false, useNetworkInformation: false, defaultBandwidthEstimate: 500_000 };

/** The renditions that are made before the others have a tenth of all pixels at most, or are all but the largest. */
const SHARE_AHEAD = 0.1;

/** Shows the player and loads the video in the chosen format; `isEarly` while it is encoded. Resolves to the Shaka player. */
export async function play(info, format, isEarly) {
  const container = document.getElementById('player');
  const video = document.getElementById('video');
  document.getElementById('waiting').hidden = true;
  container.hidden = false;
  if (info.width && info.height) container.style.aspectRatio = `${info.width} / ${info.height}`;

  shaka.polyfill.installAll();
  const player = new shaka.Player();
  await player.attach(video);
  player.configure('streaming.retryParameters', PATIENCE);
  if (isEarly) player.configure('abr', SMALLEST_FIRST);
  const ui = new shaka.ui.Overlay(player, container, video);
  ui.configure(CONTROLS);
  player.addEventListener('error', (event) => showPlaybackError(event.detail));
  if (info.playback.poster) video.poster = info.playback.poster;
  try {
    if (info.clearKeyUrl) player.configure('drm.clearKeys', await clearKeys(info));
    await player.load(format === 'dash' ? info.playback.dash : info.playback.hls);
    if (isEarly) keepToWhatIsAhead(player);
  } catch (error) {
    showPlaybackError(error);
  }
  // For tests and the browser's console.
  window.sprocketPlayer = player;
  return player;
}

/**
 * One fast segment of sound makes the player think that it can have the largest rendition, which it would wait for although a smaller one is there.
 * A viewer may still choose one.
 */
function keepToWhatIsAhead(player) {
  player.configure('abr', { enabled: true, restrictions: { maxHeight: heightAhead(player.getVariantTracks()) } });
}

function heightAhead(tracks) {
  const pixels = [...new Map(tracks.map(({ width, height }) => [height, width * height]))].sort(([a], [b]) => a - b);
  const most = SHARE_AHEAD * pixels.reduce((sum, [, count]) => sum + count, 0);
  let made = 0;
  const ahead = pixels.filter(([, count]) => (made += count) <= most);
  const [height] = ahead.at(-1) ?? pixels.at(-2) ?? pixels.at(-1);
  return height;
}

/** Lets the player choose among all renditions of a title that is complete. */
export function takeEveryRendition(player) {
  player.configure('abr.restrictions.maxHeight', Infinity);
}

/** The page as it was before the player came. */
export async function endPlayback(player) {
  document.getElementById('player').hidden = true;
  document.getElementById('waiting').hidden = false;
  document.getElementById('rungs').replaceChildren();
  await player.destroy();
}

/** Keys by key id, both in hex, of every key that the manifest names. */
async function clearKeys({ clearKeyUrl, playback }) {
  const manifest = await (await fetch(playback.dash)).text();
  const kids = new Set([...manifest.matchAll(/default_KID="([^"]+)"/g)].map(([, kid]) => toBase64Url(kid.replaceAll('-', ''))));
  const body = JSON.stringify({ kids: [...kids] });
  const response = await fetch(clearKeyUrl, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const { keys = [] } = await response.json();
  return Object.fromEntries(keys.map(({ kid, k }) => [toHex(kid), toHex(k)]));
}

function toBase64Url(hex) {
  const bytes = hex.match(/../g).map((digits) => String.fromCharCode(parseInt(digits, 16)));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function toHex(base64Url) {
  const bytes = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
  return [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Shows the poster and the pictures of the seek bar. The player works without them, so their absence is no error. */
export async function showPictures(player, playback) {
  if (playback.poster) document.getElementById('video').poster = playback.poster;
  // Manifests that name thumbnails need no list beside them.
  if (!playback.spriteVtt || player.getImageTracks().length > 0) return;
  await player.addThumbnailsTrack(new URL(playback.spriteVtt, location.href).href, 'text/vtt').catch(() => undefined);
}

function showPlaybackError(error) {
  const text = `Playback failed (Shaka error ${error?.code ?? 'unknown'}). Reload the page, or try the other format.`;
  const item = document.createElement('li');
  item.textContent = text;
  document.getElementById('warnings').append(item);
}
