import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BoxReader, type Box } from '../../workflows/planning/isobmff/box';
import type { EncryptedSample, TrackEncryption } from '../../workflows/planning/isobmff/encryption';
import { decryptSample } from './sample-cipher';

const read = (name: string) => readFileSync(join(__dirname, 'testing', 'vectors', name));

interface Track {
  /** Of all runs of all fragments, in the order of the file. */
  samples: Uint8Array[];
  /** Body of each `senc` behind its flags and count. */
  encryption: { bytes: BoxReader; start: number; hasParts: boolean }[];
}

/** The samples of a track, of whatever number of runs and fragments. */
function trackOf(bytes: Uint8Array, trackId: number): Track {
  const reader = new BoxReader(bytes);
  const track: Track = { samples: [], encryption: [] };
  const moofs = reader.boxes().filter(({ type }) => type === 'moof');
  const trafs = moofs.flatMap((moof) => childrenOf(reader, moof, 'traf').map((traf) => ({ moof, traf, tfhd: reader.box('tfhd', traf) })));
  for (const { moof, traf, tfhd } of trafs.filter((one) => reader.u32(one.tfhd.bodyStart + 4) === trackId)) {
    for (const trun of childrenOf(reader, traf, 'trun')) track.samples.push(...runOf(reader, { trun, tfhd, moof }));
    for (const senc of childrenOf(reader, traf, 'senc')) {
      track.encryption.push({ bytes: reader, start: senc.bodyStart + 8, hasParts: (reader.flags(senc) & 2) !== 0 });
    }
  }
  return track;
}

function childrenOf(reader: BoxReader, box: Box, wanted: string): Box[] {
  return reader.boxes(box.bodyStart, box.end).filter(({ type }) => type === wanted);
}

function runOf(reader: BoxReader, { trun, tfhd, moof }: Record<'trun' | 'tfhd' | 'moof', Box>): Uint8Array[] {
  const [flags, count] = [reader.flags(trun), reader.u32(trun.bodyStart + 4)];
  const has = (flag: number) => ((flags & flag) === 0 ? 0 : 4);
  const beforeSize = [0x1, 0x2, 0x8].reduce(
    (sum, flag) => sum + ((reader.flags(tfhd) & flag) === 0 ? 0 : flag === 0x1 ? 8 : 4),
    tfhd.bodyStart + 8,
  );
  let offset = moof.start + reader.u32(trun.bodyStart + 8);
  let entry = trun.bodyStart + 8 + has(0x1) + has(0x4);
  return Array.from({ length: count }, () => {
    const size = has(0x200) ? reader.u32(entry + has(0x100)) : reader.u32(beforeSize);
    entry += has(0x100) + has(0x200) + has(0x400) + has(0x800);
    return reader.bytes.subarray(offset, (offset += size));
  });
}

/** Gives the samples what `senc` says of them (ISO/IEC 23001-7 7.2). */
function encryptedSamples({ samples, encryption }: Track, ivBytes: number): EncryptedSample[] {
  let [at, fragment, left] = [0, -1, 0];
  return samples.map((data) => {
    if (left === 0) {
      const { bytes, start } = encryption[++fragment]!;
      [at, left] = [start, bytes.u32(start - 4)];
    }
    left -= 1;
    const { bytes, hasParts } = encryption[fragment]!;
    const iv = ivBytes === 0 ? null : Buffer.from(bytes.bytes.subarray(at, at + ivBytes)).toString('hex');
    at += ivBytes;
    const count = hasParts ? bytes.u16(at) : 0;
    at += hasParts ? 2 : 0;
    const subSamples = Array.from({ length: count }, () => ({ clearBytes: bytes.u16((at += 6) - 6), protectedBytes: bytes.u32(at - 4) }));
    return { data, iv, subSamples };
  });
}

const CBCS: TrackEncryption = {
  ...{ scheme: 'cbcs', kid: '0'.repeat(32), sampleIvBytes: 0, constantIv: 'cbe3327da85a1e7a74496db552dfe6d0', pssh: [] },
  pattern: { cryptBlocks: 1, skipBlocks: 9 },
};
const CENC: TrackEncryption = {
  ...{ scheme: 'cenc', kid: 'cd7eb9ff88f34caeb06185b00024e4c2', sampleIvBytes: 8, constantIv: null, pssh: [] },
  pattern: { cryptBlocks: 0, skipBlocks: 0 },
};

it.each([
  ['pictures in cbcs', 'cbcs.mp4', 'cbcsdec.mp4', 1, CBCS, '22bdb0063805260307ee5045c0f3835a'],
  ['pictures in cenc', 'prog_8s_enc_dashinit.mp4', 'prog_8s_dec_dashinit.mp4', 2, CENC, '63cb5f7184dd4b689a5c5ff11ee6a328'],
  ['sound in cenc', 'prog_8s_enc_dashinit.mp4', 'prog_8s_dec_dashinit.mp4', 1, CENC, '63cb5f7184dd4b689a5c5ff11ee6a328'],
] as const)('decrypts %s of another packager', (_, encrypted, clear, trackId, encryption, key) => {
  const samples = encryptedSamples(trackOf(read(encrypted), trackId), encryption.sampleIvBytes);
  const expected = trackOf(read(clear), trackId).samples;
  expect(samples.length).toBeGreaterThan(100);
  expect(samples.length).toBe(expected.length);
  const decrypt = (with_: string) => samples.map((sample) => Buffer.from(decryptSample(sample, encryption, with_)).toString('base64'));
  const wanted = expected.map((sample) => Buffer.from(sample).toString('base64'));
  expect(decrypt(key)).toEqual(wanted);
  expect(decrypt('f'.repeat(32))).not.toEqual(wanted);
});
