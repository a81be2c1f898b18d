import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { ChunkPlan } from '../../../temporal/contract/media/plan';
import { chunkArgs } from '../encode/chunk-args';
import { packagerVideoArgs } from '../encode/packager-args';
import { BoxReader, MalformedBoxError } from '../isobmff/box';
import { codecOf } from '../isobmff/codec';
import { readKeyFrame } from '../quality/key-frame';
import { filmPlan } from '../testing/film-plan';
import { HEVC_LIKE } from '../testing/hevc-like';
import { familyOf } from './family';
import { H264 } from './h264';

const film = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1 });
const plan = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1, families: [H264, HEVC_LIKE] });

/** A box whose body is bytes, then other boxes. */
function box(type: string, bytes: number[], ...children: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(bytes), ...children]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

describe('a second codec family', () => {
  it('gets its own ladder beside H.264, which decides nothing about it', () => {
    expect(plan.families.map(({ family, rungs }) => [family, rungs.map(({ name }) => name)])).toEqual([
      ['h264', ['1080p', '720p', '480p', '360p', '240p']],
      ['hevc', ['720p', '240p']],
    ]);
    expect(plan.families[1]?.rungs[0]).toEqual({
      ...{ name: '720p', width: 1280, height: 720, crf: 27, profile: 'main', level: '3.1' },
      ...{ maxrateBps: 1_600_000, bufsizeBits: 3_200_000 },
    });
    expect(plan.families[0]).toEqual(film.families[0]);
  });

  it('is encoded by the command line of H.264 with the options of its encoder in their place', () => {
    const outputs = (plan.families[1]?.rungs ?? []).map((rung) => ({ rung, path: `/w/${rung.name}.mp4` }));
    const args = (family: typeof H264) => {
      const input = { sourceUrl: 'http://127.0.0.1:9/source', plan, family, chunk: plan.chunks[0] as ChunkPlan, outputs };
      return chunkArgs({ ...input, captures: null, proof: null });
    };
    const encoder = (level: string, maxrate: number) => [
      ...['-c:v', 'libx265', '-preset', 'superfast', '-tag:v', 'hvc1', '-profile:v', 'main', '-crf', '27', '-x265-params'],
      `info=0:log-level=error:frame-threads=1:pools=1:level-idc=${level}:keyint=144:min-keyint=144:scenecut=0:open-gop=0:` +
        `vbv-maxrate=${maxrate}:vbv-bufsize=${2 * maxrate}`,
    ];
    const tail = (name: string) => [
      ...['-fps_mode', 'passthrough', '-enc_time_base', '1001/24000', '-video_track_timescale', '24000', '-f', 'mp4', `/w/${name}.mp4`],
    ];
    const made = args(HEVC_LIKE);
    const first = made.indexOf('-map');
    const still = ['-frames:v', '288', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];
    expect(made.slice(first)).toEqual([
      ...['-map', '[v0]', ...still, ...encoder('3.1', 1600), ...tail('720p')],
      ...['-map', '[v1]', ...still, ...encoder('3', 250), ...tail('240p')],
    ]);
    expect(made.slice(0, first)).toEqual(args(H264).slice(0, args(H264).indexOf('-map')));
    const inputs = [{ path: '/w/720p.mp4', folder: '/w/720p' }];
    const chunk = { startFrame: 0 };
    expect(packagerVideoArgs({ family: HEVC_LIKE, inputs, grid: plan.grid, chunk })).toEqual(
      packagerVideoArgs({ family: H264, inputs, grid: plan.grid, chunk }),
    );
  });

  it('is told by its sample entry', () => {
    const hvcC = box('hvcC', [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 90]);
    const stsd = (entry: Buffer) => {
      const bytes = box('stsd', [0, 0, 0, 0, 0, 0, 0, 1], entry);
      const reader = new BoxReader(bytes);
      return { reader, box: reader.box('stsd') };
    };
    const hevc = stsd(box('hvc1', Array<number>(78).fill(0), hvcC));
    // As Shaka Packager writes it for HEVC Main at level 3.
    expect(codecOf(hevc.reader, hevc.box, [H264, HEVC_LIKE])).toBe('hvc1.1.6.L90.90');
    expect(() => codecOf(hevc.reader, hevc.box, [H264])).toThrow(MalformedBoxError);
  });

  it('tells its own key pictures', () => {
    const sample = (nalHeader: number) => Buffer.from([0, 0, 0, 3, nalHeader, 1, 0]);
    const trun = box('trun', [0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7]);
    const moof = (dataOffset: number) => {
      const at = Buffer.from(trun);
      at.writeUInt32BE(dataOffset, 16);
      const tfhd = box('tfhd', [0, 2, 0, 8, 0, 0, 0, 1, 0, 0, 3, 233]);
      return box('moof', [], box('traf', [], tfhd, box('tfdt', [0, 0, 0, 0, 0, 0, 0, 9]), at));
    };
    const range = (nalHeader: number) => Buffer.concat([moof(moof(0).length + 8), box('mdat', [], sample(nalHeader))]);
    const idr = range(19 << 1);
    expect(readKeyFrame(idr, HEVC_LIKE)).toEqual({ startTicks: 9, idr: true });
    expect(readKeyFrame(range(1 << 1), HEVC_LIKE)).toEqual({ startTicks: 9, idr: false });
    expect(readKeyFrame(idr, H264)).toEqual({ startTicks: 9, idr: false });
    expect(readKeyFrame(range(0x65), H264)).toEqual({ startTicks: 9, idr: true });
  });
});

it('a family that this code does not have is no plan for it', () => {
  expect(familyOf('h264')).toBe(H264);
  expect(() => familyOf('hevc' as CodecFamily)).toThrow(expect.objectContaining({ type: 'EncoderMissing' }));
});
