import { range, ready, type ReadyExpectation, type ZooSource } from './zoo-source';
import type { Recipe } from './zoo-kit';

const FRAMES = 150;
const SRT = '1\n00:00:01,000 --> 00:00:02,000\nFirst words\n\n2\n00:00:03,000 --> 00:00:04,000\nLast words\n';

/** Sound that is early, late, long, short, many, wide or absent; and what else travels beside it. */
export const SOUNDS: readonly ZooSource[] = [
  sound('silent.mp4', 'no audio', { audio: null }, { clicks: null }),
  sound('audio-late.mp4', 'audio starts 0.7 s late', { audioDelaySeconds: 0.7 }, { frames: held(168), clicks: range(1, 7) }),
  sound(
    'audio-early.mkv',
    'audio starts 1.3 s early',
    { audioDelaySeconds: -1.3, audioSeconds: 7.3 },
    { frames: [...range(0, 33).map(() => 0), ...range(0, FRAMES)], clicks: range(-1, 6).map((second) => second + 1.32) },
  ),
  sound(
    'audio-late.ts',
    'audio starts 0.25 s late in a transport stream',
    { audioDelaySeconds: 0.25 },
    { frames: held(156), clicks: range(1, 7) },
  ),
  sound(
    'audio-early.ts',
    'audio starts 1.6 s early in a transport stream, whose title begins with the picture',
    { audioDelaySeconds: -1.6, audioSeconds: 7.6 },
    { warnings: ['SoundCut'] },
  ),
  sound('audio-longer.mp4', 'audio is 4 s longer', { audioSeconds: 10 }, { frames: held(250), clicks: range(0, 10) }),
  sound('audio-shorter.mp4', 'audio is 3 s shorter', { audioSeconds: 3 }, { clicks: range(0, 3) }),
  sound('surround.mp4', '5.1', { layout: '5.1', audio: ['-c:a', 'aac', '-b:a', '320k'] }),
  sound('surround-dts.mkv', '5.1 in DTS', { layout: '5.1', audio: ['-c:a', 'dca', '-strict', '-2', '-b:a', '768k'] }),
  sound('telephone.mov', '8 kHz A-law', { layout: 'mono', audio: ['-c:a', 'pcm_alaw', '-ar', '8000'] }),
  sound('big-endian.mov', 'big-endian PCM', { audio: ['-c:a', 'pcm_s16be'] }),
  sound('adpcm.mov', 'IMA ADPCM', { audio: ['-c:a', 'adpcm_ima_qt'] }),
  {
    name: 'languages.mkv',
    about: 'three audio tracks in three languages',
    expect: ready(FRAMES),
    make: async (kit) => {
      await kit.encode('languages.base.mkv', { frames: FRAMES });
      const languages = ['deu', 'eng', 'jpn'].flatMap((language, track) => [`-metadata:s:a:${track}`, `language=${language}`]);
      const output = ['-map', '0:v', '-map', '0:a', '-map', '0:a', '-map', '0:a', ...languages];
      await kit.remux('languages.base.mkv', 'languages.mkv', { output });
    },
  },
  subtitled('subtitles.mkv', 'SubRip and ASS inside', ['-c:s:0', 'srt', '-c:s:1', 'ass']),
  subtitled('subtitles.mp4', 'timed text inside', ['-c:s', 'mov_text']),
  {
    name: 'cover-art.mp4',
    about: 'a cover picture besides the film',
    expect: ready(FRAMES),
    make: async (kit) => {
      await kit.encode('cover-art.base.mp4', { frames: FRAMES });
      await kit.ffmpeg(['-f', 'lavfi', '-i', 'color=red:size=300x300', '-frames:v', '1', kit.path('cover-art.png')]);
      const inputs = ['-i', kit.path('cover-art.base.mp4'), '-i', kit.path('cover-art.png')];
      const maps = ['-map', '1', '-map', '0', '-c', 'copy', '-disposition:v:0', 'attached_pic'];
      await kit.ffmpeg([...inputs, ...maps, '-bitexact', kit.path('cover-art.mp4')]);
    },
  },
  {
    name: 'timecode.mov',
    about: 'a timecode track and a markup title',
    expect: ready(FRAMES),
    make: async (kit) => {
      await kit.encode('timecode.base.mov', { frames: FRAMES });
      const output = ['-timecode', '01:00:00:00', '-metadata', 'title=<script>alert(1)</script>'];
      await kit.remux('timecode.base.mov', 'timecode.mov', { output });
    },
  },
];

/** The last picture is held while the sound goes on, until frame `end`. */
function held(end: number): number[] {
  return range(0, end).map((frame) => Math.min(frame, FRAMES - 1));
}

function sound(name: string, about: string, recipe: Partial<Recipe>, change: Partial<ReadyExpectation> = {}): ZooSource {
  return { name, about, expect: ready(FRAMES, change), make: (kit) => kit.encode(name, { frames: FRAMES, ...recipe }) };
}

function subtitled(name: string, about: string, codec: readonly string[]): ZooSource {
  return {
    name,
    about,
    expect: ready(FRAMES),
    make: async (kit) => {
      const base = `base.${name}`;
      await kit.encode(base, { frames: FRAMES });
      await kit.write(`${name}.srt`, SRT);
      const tracks = name.endsWith('.mkv') ? ['-map', '1', '-map', '1'] : ['-map', '1'];
      const inputs = ['-i', kit.path(base), '-i', kit.path(`${name}.srt`)];
      const language = ['-metadata:s:s:0', 'language=eng'];
      await kit.ffmpeg([...inputs, '-map', '0', ...tracks, '-c', 'copy', ...codec, ...language, '-bitexact', kit.path(name)]);
    },
  };
}
