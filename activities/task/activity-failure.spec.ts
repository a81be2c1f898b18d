import { Failure } from '../../temporal/contract/failures';
import { POLICIES } from '../../temporal/contract/policies';
import { countsAsAttempt, failureDetails, toApplicationFailure, toFailure, unfitWorker } from './activity-failure';
import { ToolError } from '../media-tools/run-tool';

describe('toFailure', () => {
  it('keeps a failure as it is', () => {
    const failure = new Failure('SourceUnreadable', 'The file is cut off.');
    expect(toFailure(failure, 'EncodeFailed')).toBe(failure);
  });

  it('gives a failing tool the meaning of its step', () => {
    const failure = toFailure(new ToolError('ffmpeg', 1, null, 'Invalid data'), 'SourceUnreadable');
    expect(failure).toMatchObject({ type: 'SourceUnreadable', message: 'The file cannot be read as a video.' });
  });

  it.each([
    ['a tool that says so', new ToolError('ffmpeg', 1, null, 'av_interleaved_write_frame(): No space left on device')],
    ['the file system', Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })],
  ])('recognises a full disk from %s', (_, error) => {
    expect(toFailure(error, 'EncodeFailed').type).toBe('ScratchFull');
  });

  it.each([
    [
      'killed by its control group',
      new ToolError('ffmpeg', null, 'SIGTERM', 'frame=1\nended because its memory went beyond the limit'),
      'OutOfMemory',
    ],
    ['killed by the system', new ToolError('ffmpeg', null, 'SIGKILL', ''), 'OutOfMemory'],
    [
      'refused memory',
      new ToolError('ffmpeg', 244, null, 'x264 [error]: malloc of size 34497216 failed\nended because its memory went beyond the limit'),
      'OutOfMemory',
    ],
    [
      'refused memory that ended as if all were well',
      new ToolError('ffmpeg', 0, null, 'ended because its memory went beyond the limit'),
      'OutOfMemory',
    ],
    [
      'killed by us when its time was up',
      new ToolError('ffmpeg', null, 'SIGKILL', 'ended because its time went beyond the limit'),
      'SourceUnreadable',
    ],
    ['that crashes', new ToolError('ffmpeg', null, 'SIGSEGV', ''), 'SourceUnreadable'],
  ])('judges a tool %s', (_, error, type) => {
    expect(toFailure(error, 'SourceUnreadable').type).toBe(type);
  });

  const errno = (code: string, syscall: string) => Object.assign(new Error(`${code}: ${syscall} /secret/path`), { code, syscall });

  it.each([
    ['a tool that is not there', errno('ENOENT', 'spawn /secret/ffmpeg'), 'EncoderMissing'],
    ['a tool that prlimit cannot start', new ToolError('packager', 127, null, 'prlimit: failed to execute /packager'), 'EncoderMissing'],
    ['an encoder that the build does not have', new ToolError('ffmpeg', 8, null, "Unknown encoder 'libx264'"), 'EncoderMissing'],
    ['a tool that may not be run', errno('EACCES', 'spawn /secret/ffmpeg'), 'WorkerUnfit'],
    ['a tool that prlimit may not start', new ToolError('packager', 126, null, 'prlimit: failed to execute'), 'WorkerUnfit'],
    ['a scratch folder of another user', errno('EACCES', 'mkdtemp'), 'WorkerUnfit'],
    ['a disk that turned read-only', errno('EROFS', 'open'), 'WorkerUnfit'],
    ['a tool that may not write', new ToolError('ffmpeg', 243, null, '/scratch/720p.mp4: Permission denied'), 'WorkerUnfit'],
    // A file that is not there is not the fault of the worker as such.
    ['a file that is not there', errno('ENOENT', 'open'), 'EncodeFailed'],
  ])('tells the fault of the worker from that of the file: %s', (_, error, type) => {
    const failure = toFailure(error, 'SourceUnreadable');
    expect(failure.type).toBe(type);
    expect(failure.message).not.toContain('secret');
  });

  it('says nothing of the inside of an unknown error', () => {
    const failure = toFailure(new Error('/secret/path'), 'EncodeFailed');
    expect(failure.message).not.toContain('/secret/path');
  });
});

describe('toApplicationFailure', () => {
  it.each([
    ['a first encoder failure is tried again', 'EncodeFailed', 1, false],
    ['the last of three encoder failures is final', 'EncodeFailed', 3, true],
    ['a source that cannot be read is final at once', 'SourceUnreadable', 1, true],
    ['lost storage is tried again however often', 'StorageUnavailable', 0, false],
    ['a key provider that does not answer is asked again however often', 'KeyProviderUnavailable', 0, false],
    ['a key provider that denies is not asked again', 'KeyProviderDenied', 1, true],
    ['a missing encoder is final at once', 'EncoderMissing', 1, true],
    ['a chunk that fails its check is encoded again', 'OutputInvalid', 1, false],
  ] as const)('%s', (_, type, mediaFailures, nonRetryable) => {
    expect(toApplicationFailure(new Failure(type, 'x'), POLICIES.transcode, mediaFailures).nonRetryable).toBe(nonRetryable);
  });

  it('does not package invalid output again', () => {
    expect(toApplicationFailure(new Failure('OutputInvalid', 'x'), POLICIES.package, 1).nonRetryable).toBe(true);
  });
});

describe('countsAsAttempt', () => {
  it.each([
    ['EncodeFailed', true],
    ['StorageUnavailable', false],
    ['DatabaseUnavailable', false],
    ['KeyProviderUnavailable', false],
    ['ScratchFull', false],
    ['WorkerUnfit', false],
    // An input that needs more than there is must not be tried for ever.
    ['OutOfMemory', true],
  ] as const)('%s: %s', (type, counts) => {
    expect(countsAsAttempt(new Failure(type, 'x'))).toBe(counts);
  });
});

describe('failureDetails', () => {
  const where = { worker: 'host-1', host: 'host' };

  it('hands on the last words of the tool, and where it ran', () => {
    const error = new ToolError('ffmpeg', 1, null, 'one\nhttp://127.0.0.1:1/token: Invalid data in /scratch/host-1/a.mp4');
    expect(failureDetails(toFailure(error, 'EncodeFailed'), where)).toEqual({
      ...where,
      failure: 'EncodeFailed',
      tool: 'ffmpeg',
      ended: 'ffmpeg ended with exit code 1',
      exitCode: 1,
      lastWords: 'one\n<url> Invalid data in <path>',
    });
  });

  it('names the signal that ended a tool, and the chunk', () => {
    const failure = toFailure(new ToolError('ffmpeg', null, 'SIGSEGV', 'x'), 'EncodeFailed');
    expect(failureDetails(failure, { ...where, chunk: 3 })).toMatchObject({ signal: 'SIGSEGV', chunk: 3 });
  });

  it('says what failed on a worker that is unfit', () => {
    expect(failureDetails(unfitWorker(new Failure('EncoderMissing', 'x')), where)).toEqual({ ...where, failure: 'EncoderMissing' });
  });

  it('reaches Temporal', () => {
    const details = failureDetails(new Failure('EncodeFailed', 'x'), where);
    expect(toApplicationFailure(new Failure('EncodeFailed', 'x'), POLICIES.transcode, 1, details).details).toEqual([details]);
  });
});
