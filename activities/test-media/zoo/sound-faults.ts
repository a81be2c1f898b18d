import { readFile } from 'node:fs/promises';
import { range, ready, SHORT, type ZooSource } from './zoo-source';
import type { ZooKit } from './zoo-kit';

/** A piece of sound of this length is a whole number of frames of AC-3, AAC and MPEG audio alike. */
const PIECE_SECONDS = 1.92;
const FRAMES = 144;
const PIECES = 3;

/** An elementary stream of pieces, each encoded by itself. */
interface Pieces {
  codec: readonly string[];
  /** Of the elementary stream. */
  muxer: 'adts' | 'ac3' | 'mp2';
  demuxer: 'aac' | 'ac3' | 'mp3';
  samplesPerFrame: number;
  /** By which the encoder delays its first sample, and frames that it adds for that. */
  delaySamples: number;
  addedFrames: number;
  /** Channels and rates of the pieces in turn, over and over. */
  channels: readonly number[];
  rates?: readonly number[];
}

export const AC3: Pieces = {
  ...{ codec: ['-c:a', 'ac3', '-b:a', '192k'], muxer: 'ac3', demuxer: 'ac3', samplesPerFrame: 1536, delaySamples: 256, addedFrames: 0 },
  channels: [2, 6, 1],
};
export const AAC: Pieces = {
  ...{ codec: ['-c:a', 'aac', '-b:a', '96k'], muxer: 'adts', demuxer: 'aac', samplesPerFrame: 1024, delaySamples: 1024, addedFrames: 1 },
  channels: [6, 2, 1],
};
export const MP2: Pieces = {
  ...{ codec: ['-c:a', 'mp2', '-b:a', '128k'], muxer: 'mp2', demuxer: 'mp3', samplesPerFrame: 1152, delaySamples: 481, addedFrames: 0 },
  channels: [1, 2],
};

/** Sound that changes, is damaged, lost, edited or of another programme while the picture goes on. */
export const SOUND_FAULTS: readonly ZooSource[] = [
  pieces('layout-changes-ac3.ts', 'AC-3: stereo, then 5.1, then mono', AC3),
  pieces('layout-changes-ac3.mkv', 'the same in Matroska', AC3),
  pieces('layout-changes-aac.ts', 'AAC: 5.1, then stereo, then mono', AAC),
  pieces('layout-changes-mp2.ts', 'MPEG audio: mono, then stereo', MP2),
  pieces('rate-changes-mp2.mkv', 'MPEG audio: 48 kHz, then 24 kHz', { ...MP2, rates: [48_000, 24_000] }),
  pieces('damaged-aac.ts', 'damaged bytes in AAC', { ...AAC, channels: [2] }, damagedBetweenClicks),
  lost('lost-opus.mkv', 'every second one Opus packet is lost', ['-c:a', 'libopus'], 'eq(mod(n,50),25)'),
  lost('lost-aac.mkv', 'every second one AAC packet is lost', ['-c:a', 'aac'], 'eq(mod(n,47),20)'),
  lost('lost-mp2.mkv', 'half a second of MPEG audio is lost, three times', ['-c:a', 'mp2'], 'between(mod(n,84),50,70)'),
  {
    name: 'undecodable-sound.mkv',
    about: 'sound of which nothing can be decoded',
    expect: ready(SHORT, { clicks: null, warnings: ['TrackLeftOut'] }),
    make: async (kit) => {
      await kit.encode('undecodable-sound.base.mkv', { frames: SHORT });
      await kit.remux('undecodable-sound.base.mkv', 'undecodable-sound.mkv', { output: ['-bsf:a', 'noise=amount=1'] });
    },
  },
  {
    name: 'lost-sound.ts',
    about: 'a broadcast loses its sound for two seconds',
    expect: ready(150, { clicks: [0, 4, 5], warnings: ['AudioDamaged'] }),
    make: async (kit) => {
      await kit.encode('lost-sound.base.ts', { frames: 150 });
      const lost = "noise=drop='between(pts*tb,2.2,5.2)'";
      await kit.remux('lost-sound.base.ts', 'lost-sound.ts', { input: ['-copyts'], output: ['-bsf:a', lost] });
    },
  },
  {
    name: 'joined-thrice.ts',
    about: 'transport streams joined end to end, their sound longer than their picture',
    expect: ready(150, { frames: [...range(0, 50), ...range(0, 50), ...range(0, 50)] }),
    make: async (kit) => {
      await kit.encode('joined-thrice.base.ts', { frames: 50, audioSeconds: 2.05 });
      await kit.patch('joined-thrice.base.ts', 'joined-thrice.ts', (bytes) => Buffer.concat([bytes, bytes, bytes]));
    },
  },
  {
    name: 'edited-sound.mp4',
    about: 'an edit list hides 1.52 s of picture and sound',
    expect: ready(150, { frames: range(38, 150), clicks: range(0, 4).map((second) => second + 0.48) }),
    make: async (kit) => {
      await kit.encode('edited-sound.base.mp4', { frames: 150 });
      await kit.remux('edited-sound.base.mp4', 'edited-sound.mp4', { input: ['-ss', '1.52'] });
    },
  },
  {
    name: 'one-picture.mkv',
    about: 'a single picture, and sound for two chunks',
    expect: ready(1, { frames: range(0, 750).map(() => 0), clicks: range(0, 30) }),
    make: (kit) => kit.encode('one-picture.mkv', { frames: 1, audioSeconds: 30 }),
  },
  layout('ambisonic.mkv', 'first-order ambisonics', 'ambisonic 1', ['-c:a', 'libopus', '-mapping_family', '2']),
  layout('back-speakers.mov', 'a layout that the mixer has no rule for', 'BL+BR', ['-c:a', 'pcm_s16le']),
  {
    name: 'unknown-codec.mp4',
    about: 'the second audio track is of a codec that no decoder knows',
    expect: ready(FRAMES),
    make: async (kit) => {
      await kit.encode('unknown-codec.base.mp4', { frames: FRAMES });
      await kit.remux('unknown-codec.base.mp4', 'unknown-codec.two.mp4', { output: ['-map', '0', '-map', '0:a'] });
      await kit.patch('unknown-codec.two.mp4', 'unknown-codec.mp4', (bytes) => {
        bytes.write('ac-4', bytes.lastIndexOf('mp4a'), 'latin1');
        // The descriptor would tell that it is AAC all the same.
        bytes.write('free', bytes.lastIndexOf('esds'), 'latin1');
        return bytes;
      });
    },
  },
  {
    name: 'empty-audio.mp4',
    about: 'an audio track without a sample',
    expect: ready(FRAMES, { clicks: null }),
    make: async (kit) => {
      await kit.encode('empty-audio.base.mp4', { frames: FRAMES });
      const output = ['-bsf:a', 'noise=drop=1', '-movflags', '+frag_keyframe+empty_moov'];
      await kit.remux('empty-audio.base.mp4', 'empty-audio.mp4', { output });
    },
  },
  {
    name: 'radio-first.ts',
    about: 'a radio programme before the television programme',
    expect: ready(FRAMES),
    make: async (kit) => {
      const programmes = ['-program', 'program_num=1:st=0', '-program', 'program_num=2:st=1:st=2'];
      await twoTracks(kit, 'radio-first.ts', ['-map', '1:a', '-map', '0:v', '-map', '0:a', ...programmes]);
    },
  },
  {
    name: 'default-second.mkv',
    about: 'the second track has the default flag',
    expect: ready(FRAMES),
    make: (kit) =>
      twoTracks(kit, 'default-second.mkv', [
        '-map',
        '0:v',
        '-map',
        '1:a',
        '-map',
        '0:a',
        '-disposition:a:0',
        '0',
        '-disposition:a:1',
        'default',
      ]),
  },
  {
    name: 'commentary-first.mkv',
    about: 'a commentary that is as long as the film comes first',
    expect: ready(FRAMES),
    make: (kit) => {
      const flags = ['-disposition:a:0', 'comment', '-default_mode', 'passthrough'];
      return twoTracks(kit, 'commentary-first.mkv', ['-map', '0:v', '-map', '1:a', '-map', '0:a', ...flags]);
    },
  },
];

/** Video of the barcodes and sound in pieces, which click in the phase of the picture's clock. */
export function pieces(name: string, about: string, made: Pieces, patch = (bytes: Buffer) => bytes): ZooSource {
  return {
    name,
    about,
    // What lies before the first sample is not encoded.
    expect: ready(FRAMES, { clicks: range(made.muxer === 'adts' ? 1 : 0, 6) }),
    make: async (kit) => {
      const parts: Buffer[] = [];
      for (const piece of range(0, PIECES)) parts.push(await encodedPiece(kit, name, made, piece));
      await kit.write(`${name}.sound`, patch(Buffer.concat(parts)));
      await kit.encode(`${name}.picture.mp4`, { frames: FRAMES, audio: null });
      const inputs = ['-i', kit.path(`${name}.picture.mp4`), '-f', made.demuxer, '-i', kit.path(`${name}.sound`)];
      // The demuxer times frames before it knows their rate.
      const timed = ['-bsf:a', `setts=ts='${frameSeconds(made)}/TB'`];
      await kit.ffmpeg([...inputs, '-map', '0:v', '-map', '1:a', '-c', 'copy', ...timed, '-bitexact', kit.path(name)]);
    },
  };
}

/** Expression for the time of frame `N` of the pieces. */
function frameSeconds({ rates = [48_000], samplesPerFrame }: Pieces): string {
  let expression = '0';
  let firstFrame = 0;
  for (const piece of range(0, PIECES)) {
    const rate = rates[piece % rates.length] as number;
    const seconds = `${piece * PIECE_SECONDS}+(N-${firstFrame})*${samplesPerFrame}/${rate}`;
    expression = `if(gte(N,${firstFrame}),${seconds},${expression})`;
    firstFrame += Math.round((PIECE_SECONDS * rate) / samplesPerFrame);
  }
  return expression;
}

async function encodedPiece(kit: ZooKit, name: string, made: Pieces, piece: number): Promise<Buffer> {
  const path = kit.path(`${name}.${piece}`);
  const { channels, rates = [48_000] } = made;
  const framesOf = (hz: number) => Math.round((PIECE_SECONDS * hz) / made.samplesPerFrame);
  const rate = rates[piece % rates.length] as number;
  const begin = piece * PIECE_SECONDS + made.delaySamples / rate;
  const click = `aevalsrc='if(lt(mod(t+${begin},1),0.02),0.8*sin(2*PI*1000*t),0)':s=${rate}:d=${PIECE_SECONDS + 1}`;
  const options = ['-ac', String(channels[piece % channels.length]), '-frames:a', String(framesOf(rate) - made.addedFrames)];
  await kit.ffmpeg(['-f', 'lavfi', '-i', click, ...made.codec, ...options, '-f', made.muxer, path]);
  return readFile(path);
}

/** Fills the payload of ADTS frames (ISO/IEC 13818-7 6.2) from 0.64 s to 0.77 s, between two clicks. */
function damagedBetweenClicks(bytes: Buffer): Buffer {
  let offset = 0;
  for (let frame = 0; offset + 7 < bytes.length; frame++) {
    const length =
      (((bytes[offset + 3] as number) & 3) << 11) | ((bytes[offset + 4] as number) << 3) | ((bytes[offset + 5] as number) >> 5);
    if (frame >= 30 && frame < 36) bytes.fill(0xa5, offset + 7, offset + length);
    offset += length;
  }
  return bytes;
}

/** `dropped` is an expression over the number `n` of an audio packet. */
function lost(name: string, about: string, audio: readonly string[], dropped: string): ZooSource {
  return {
    name,
    about,
    expect: ready(FRAMES),
    make: async (kit) => {
      await kit.encode(`base.${name}`, { frames: FRAMES, audio });
      await kit.remux(`base.${name}`, name, { output: ['-bsf:a', `noise=drop='${dropped}'`] });
    },
  };
}

/** Clicks in the first channel of an odd layout. */
function layout(name: string, about: string, channels: string, codec: readonly string[]): ZooSource {
  return {
    name,
    about,
    expect: ready(FRAMES),
    make: (kit) => kit.encode(name, { frames: FRAMES, layout: 'mono', audio: ['-af', `pan=${channels}|c0=c0`, ...codec] }),
  };
}

/** Maps the film as input 0, and as input 1 another sound that clicks half a second off. */
async function twoTracks(kit: ZooKit, name: string, output: readonly string[]): Promise<void> {
  const audio = ['-c:a', 'mp2', '-b:a', '128k'];
  await kit.encode(`film.${name}`, { frames: FRAMES, audio });
  await kit.encode(`other.${name}`, { frames: FRAMES, audio, audioDelaySeconds: 0.5, audioSeconds: FRAMES / 25 - 0.5 });
  await kit.ffmpeg(['-i', kit.path(`film.${name}`), '-i', kit.path(`other.${name}`), '-c', 'copy', ...output, '-bitexact', kit.path(name)]);
}
