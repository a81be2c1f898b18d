/* global Hls, shaka, document, window, setTimeout, clearTimeout, Image */

/** Of hls.js and Shaka Player, for titles that are encoded: as docs/early-playback.md says. */
const PATIENT_RETRY = { maxNumRetry: 12, retryDelayMs: 1000, maxRetryDelayMs: 8000 };
const PATIENT_LOADS = { maxTimeToFirstByteMs: 60_000, maxLoadTimeMs: 120_000, timeoutRetry: PATIENT_RETRY, errorRetry: PATIENT_RETRY };
/** The smallest renditions of a title that opens are there before the others, whatever is known of the network. */
const SMALLEST_FIRST = { enabled: false, useNetworkInformation: false, defaultBandwidthEstimate: 500_000 };
const PATIENT_REQUESTS = { connectionTimeout: 60_000, timeout: 120_000, stallTimeout: 60_000, maxAttempts: 6, baseDelay: 1000 };

const video = document.getElementById('video');
/** Errors of any player or of the media element, in order. */
const faults = [];
/** Forces the rendition of a height. */
let choose;
/** Takes the track of a language. */
let chooseLanguage;
/** The languages on offer. */
let languages;
/** The tracks of sound on offer: language, channels, and whether each is a commentary. */
let soundTracks;
/** Takes one of {@link soundTracks} by its place. */
let chooseSound;
/** The languages of the text on offer. */
let textLanguages;
/** The thumbnail of a second that the player finds in the manifest; left out for a player that looks for none. */
let thumbnailAt;
/** Shows the text track of a language, or none; tells whether there is one. */
let chooseText;

video.addEventListener('error', () => faults.push(`media element: ${video.error?.code} ${video.error?.message}`));

/**
 * Opens a stream in a player that loads `bufferSeconds` ahead, or as far as it likes. hls.js keeps the first group of sound unless `everyGroup`
 * is true; Shaka Player decrypts with `clearKeys`, key ids and keys in hex. With `isPatient` both wait for segments that are being made. Resolves to the heights on offer, best first.
 */
async function openStream(player, url, options = {}) {
  const heights = player === 'hls.js' ? await openInHlsJs(url, options) : await openInShaka(url, options);
  return [...new Set(heights)].sort((a, b) => b - a);
}

async function openInHlsJs(url, { bufferSeconds, everyGroup, isPatient }) {
  const hls = new Hls({
    ...(bufferSeconds ? { maxBufferLength: bufferSeconds, maxMaxBufferLength: bufferSeconds } : {}),
    ...(isPatient ? { fragLoadPolicy: { default: PATIENT_LOADS }, testBandwidth: false } : {}),
  });
  hls.on(Hls.Events.ERROR, (_, error) => faults.push(`hls.js${error.fatal ? ' (fatal)' : ''}: ${error.details}`));
  choose = (height) => {
    hls.currentLevel = hls.levels.findIndex((level) => level.height === height);
  };
  chooseLanguage = (language) => {
    hls.audioTrack = hls.audioTracks.findIndex((track) => track.lang === language);
  };
  languages = () => hls.audioTracks.map((track) => track.lang);
  // Tracks of other groups than the one that plays are on offer, too.
  soundTracks = () => hls.allAudioTracks.map(({ lang, channels, name }) => sound(lang, Number(channels), name));
  chooseSound = (place) => {
    const { lang, name, groupId } = hls.allAudioTracks[place];
    hls.currentLevel = hls.levels.findIndex((level) => level.hasAudioGroup(groupId));
    hls.setAudioOption({ lang, name });
  };
  textLanguages = () => hls.subtitleTracks.map((track) => track.lang);
  hls.subtitleDisplay = true;
  chooseText = (language) => {
    hls.subtitleTrack = hls.subtitleTracks.findIndex((track) => track.lang === language);
    return hls.subtitleTrack >= 0;
  };
  if (!everyGroup) hls.once(Hls.Events.MANIFEST_PARSED, () => keepOneAudioGroup(hls));
  hls.loadSource(url);
  hls.attachMedia(video);
  await new Promise((resolve, reject) => {
    hls.once(Hls.Events.MANIFEST_PARSED, resolve);
    hls.once(Hls.Events.ERROR, (_, error) => reject(new Error(error.details)));
  });
  return hls.levels.map((level) => level.height);
}

/**
 * hls.js takes variants that differ in their audio group alone for levels of quality, and changes from stereo to 5.1 and back as bandwidth does. The
 * group of the first variant is what every player decodes.
 */
function keepOneAudioGroup(hls) {
  const [group] = hls.levels[hls.firstLevel].audioGroups ?? [];
  if (group === undefined) return;
  for (let index = hls.levels.length - 1; index >= 0; index--) {
    if (!hls.levels[index].hasAudioGroup(group)) hls.removeLevel(index);
  }
}

/** HLS tells a commentary by its name, DASH by its role. */
function sound(language, channels, ...words) {
  return { language, channels, isCommentary: words.some((word) => word.includes('commentary')) };
}

async function openInShaka(url, { bufferSeconds, clearKeys, isPatient }) {
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  // A busy machine drops frames at a high speed, for which Shaka takes a rendition away for a while.
  player.configure('abr.droppedFrames', false);
  // After a stall Shaka seeks a little ahead, which decodes the frames since the last key picture again; paused and resumed, it does not.
  player.configure('streaming.stallSkip', 0);
  if (bufferSeconds) player.configure('streaming.bufferingGoal', bufferSeconds);
  if (isPatient) player.configure({ streaming: { retryParameters: PATIENT_REQUESTS }, abr: SMALLEST_FIRST });
  // What was played stays, so that a test sees the whole of it, also after minutes of a busy machine.
  player.configure('streaming.bufferBehind', 600);
  if (clearKeys) player.configure('drm.clearKeys', clearKeys);
  player.addEventListener('error', ({ detail }) => faults.push(`Shaka: ${detail.code} ${detail.message}`));
  player.addEventListener('gapjumped', () => faults.push('Shaka: jumped a gap'));
  player.addEventListener('stalldetected', () => faults.push('Shaka: stalled'));
  choose = (height) => {
    player.configure('abr.enabled', false);
    player.selectVariantTrack(
      player.getVariantTracks().find((track) => track.height === height),
      true,
    );
  };
  chooseLanguage = (language) => player.selectAudioTrack(player.getAudioTracks().find((track) => track.language === language));
  languages = () => player.getAudioTracks().map((track) => track.language);
  soundTracks = () =>
    player.getAudioTracks().map(({ language, channelsCount, label, roles }) => sound(language, channelsCount, label ?? '', ...roles));
  chooseSound = (place) => player.selectAudioTrack(player.getAudioTracks()[place]);
  textLanguages = () => player.getTextTracks().map((track) => track.language);
  thumbnailAt = async (second) => {
    const [track] = player.getImageTracks();
    const { uris, positionX, positionY, width, height, startTime, duration } = await player.getThumbnails(track.id, second);
    return { uri: uris[0], positionX, positionY, width, height, startTime, duration };
  };
  chooseText = (language) => {
    const track = player.getTextTracks().find((one) => one.language === language);
    player.selectTextTrack(track ?? null);
    return track !== undefined;
  };
  await player.attach(video);
  await player.load(url);
  if (isPatient) player.configure('abr', { enabled: true, restrictions: { maxHeight: smallestHeight(player) } });
  return player.getVariantTracks().map((track) => track.height);
}

function smallestHeight(player) {
  return Math.min(...player.getVariantTracks().map(({ height }) => height));
}

/** Plays at a speed until `position` is passed. Resolves to whether that was within `patienceMs`. */
async function playPast(rate, position, patienceMs) {
  const deadline = performance.now() + patienceMs;
  video.playbackRate = rate;
  await video.play();
  while (video.currentTime <= position && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  return video.currentTime > position;
}

/** Seconds that are played, and loaded from the start on. */
function progress() {
  return {
    currentTime: video.currentTime,
    paused: video.paused,
    loaded: video.buffered.length ? video.buffered.end(0) : 0,
    faults: [...faults],
  };
}

/** Plays to the end. Resolves to what was played; stops waiting when `patienceMs` pass without the end. */
async function playToEnd(rate, patienceMs) {
  const ended = new Promise((resolve) => video.addEventListener('ended', () => resolve(true), { once: true }));
  const impatience = new Promise((resolve) => setTimeout(() => resolve(false), patienceMs));
  video.playbackRate = rate;
  await video.play();
  return {
    ended: await Promise.race([ended, impatience]),
    currentTime: video.currentTime,
    duration: video.duration,
    buffered: Array.from({ length: video.buffered.length }, (_, index) => [video.buffered.start(index), video.buffered.end(index)]),
    framesDecoded: video.getVideoPlaybackQuality().totalVideoFrames,
    faults: [...faults],
  };
}

/** Forces the rendition of a height and plays from `position` until it is on screen. Resolves to the height shown last. */
async function showRendition(height, position, patienceMs) {
  const deadline = performance.now() + patienceMs;
  choose(height);
  video.playbackRate = 1;
  video.currentTime = position;
  await video.play();
  let shown = 0;
  while (shown !== height && performance.now() < deadline) {
    shown = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(0), patienceMs);
      video.requestVideoFrameCallback((_, frame) => (clearTimeout(timer), resolve(frame.height)));
    });
  }
  video.pause();
  return { shown, faults: [...faults] };
}

/** Takes the track of a language and plays a while from `position` on. Resolves to the languages on offer. */
async function hearLanguage(language, position, patienceMs) {
  const offered = [...new Set(languages())].sort();
  chooseLanguage(language);
  video.currentTime = position;
  const played = await playPast(1, position + 1, patienceMs);
  video.pause();
  return { offered, played, faults: [...faults] };
}

/** What a viewer can choose. */
function tracks() {
  return { sound: soundTracks(), text: textLanguages() };
}

/** Takes a track of sound by its place in `tracks()` and plays a while from `position` on. Resolves to whether it played. */
async function hearTrack(place, position, patienceMs) {
  chooseSound(place);
  video.currentTime = position;
  const played = await playPast(1, position + 0.5, patienceMs);
  video.pause();
  return { played, faults: [...faults] };
}

/** The thumbnails of seconds, and whether their sheets are pictures that hold them. */
async function thumbnailsAt(seconds) {
  const found = [];
  for (const second of thumbnailAt ? seconds : []) {
    const thumbnail = await thumbnailAt(second);
    const sheet = new Image();
    sheet.src = thumbnail.uri;
    await sheet.decode();
    const { positionX, positionY, width, height } = thumbnail;
    found.push({ ...thumbnail, isInside: positionX + width <= sheet.naturalWidth && positionY + height <= sheet.naturalHeight });
  }
  return found;
}

/**
 * Stands still at each position until the text track of a language shows as many cues there. Resolves to the texts of the cues, or null where
 * that takes longer than `patienceMs` or there is no such track.
 */
async function readText(language, position, { cues, patienceMs }) {
  const deadline = performance.now() + patienceMs;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  if (!chooseText(language)) return null;
  video.pause();
  // Before there is a picture, players go back to their start.
  while (video.readyState < video.HAVE_CURRENT_DATA && performance.now() < deadline) await pause();
  video.currentTime = position;
  const shown = () => [...video.textTracks].filter(({ mode }) => mode === 'showing').flatMap(({ activeCues }) => [...(activeCues ?? [])]);
  while ((video.seeking || shown().length !== cues) && performance.now() < deadline) await pause();
  const texts = shown().map(({ text }) => text);
  return texts.length === cues ? texts : null;
}

/** Leaves the picture without its text. */
function hideText() {
  chooseText(null);
}

window.playerPage = {
  readText,
  hideText,
  openStream,
  playPast,
  progress,
  playToEnd,
  showRendition,
  hearLanguage,
  tracks,
  hearTrack,
  thumbnailsAt,
};
