export interface FailureRule {
  retryable: boolean;
  /** HTTP status when the failure surfaces in the API. */
  httpStatus: number;
  /** Advice to the user, in one sentence. */
  advice: string;
}

/** Type, verdict, HTTP status and advice of every failure that a user can see. */
export const FAILURES = {
  SourceNotFound: rule(false, 404, 'Upload the file again: the original is not in storage.'),
  SourceUnreadable: rule(false, 422, 'Check that the file plays locally and upload it again; it is damaged, empty or not a video.'),
  SourceUnsupported: rule(false, 422, 'Convert the file to MP4, MOV, MKV or WebM with one video track and upload it again.'),
  SourceEncrypted: rule(false, 422, 'Remove the protection with the software of its provider, or upload the original that was protected.'),
  SourceTooLarge: rule(false, 413, 'Upload a file within the limits of this service, or ask its operator to raise them.'),
  SourceRefused: rule(false, 422, 'Name an address of the file that is public, or ask the operator to allow its network or port.'),
  SourceDenied: rule(false, 422, 'Check that the address is right, has not expired and needs no login, then send it again.'),
  SourceUnavailable: rule(true, 502, 'Wait and retry; the server of the source does not answer, or breaks off.'),
  SourceMismatch: rule(false, 422, 'Check the file at its source, then send it again.'),
  PlanInvalid: rule(false, 500, 'Retry from the probe step; the recorded plan cannot be used.'),
  PlanVersionUnknown: rule(true, 500, 'Upgrade the workers to the release that made the plan, or retry from the probe step.'),
  EncodeFailed: rule(true, 500, 'Retry from the failed step; if it fails again, convert the file and upload it again.'),
  EncoderMissing: rule(false, 503, 'Ask the operator to start a worker that has this encoder.'),
  GpuUnavailable: rule(true, 503, 'Wait for a GPU worker or allow CPU encoding.'),
  ScratchFull: rule(true, 503, 'Free disk space on the worker; the step is tried again.'),
  OutOfMemory: rule(true, 503, 'Give the worker more memory or fewer slots; the step is tried again.'),
  StorageUnavailable: rule(true, 503, 'Wait and try again.'),
  DatabaseUnavailable: rule(true, 503, 'Wait and try again.'),
  WorkflowUnavailable: rule(true, 503, 'Wait and try again.'),
  WatermarkMissing: rule(false, 409, 'Upload the video again with a watermark that is there.'),
  ToolsDiffer: rule(false, 500, 'Bring all transcode workers to one version of their tools, then retry from the transcode step.'),
  OutputInvalid: rule(true, 500, 'Report this video to the operator; the output failed its own check and was not published.'),
  EncryptionFailed: rule(true, 500, 'Retry from the drm step; if it fails again, report this video to the operator.'),
  QualityRejected: rule(false, 422, 'Upload a better source, or the same one with a better preset or without `strict`.'),
  ModerationHeld: rule(false, 409, 'Wait for a moderator to decide.'),
  ModerationUnavailable: rule(
    true,
    503,
    'Ask the operator to check the moderation model of the workers, then retry from the moderation step.',
  ),
  SpeechEngineMissing: rule(
    false,
    503,
    'Ask the operator to set up a speech engine as docs/subtitles.md says, then retry from the speech step.',
  ),
  SpeechEngineFailed: rule(true, 503, 'Ask the operator to check the speech engine of the workers, then retry from the speech step.'),
  KeyProviderDenied: rule(false, 502, 'Ask the operator to check the key provider and its credentials.'),
  KeyProviderUnavailable: rule(true, 503, 'Wait and try again.'),
  WorkerUnfit: rule(true, 503, 'Wait; the step goes to another worker. Ask the operator to look at the list of workers when it stays so.'),
  RunLost: rule(true, 500, 'Retry the video; finished work is kept.'),
  Cancelled: rule(false, 409, 'Start the video again if this was not intended.'),
} as const satisfies Record<string, FailureRule>;

export type FailureType = keyof typeof FAILURES;

/**
 * A failure with a row in {@link FAILURES}. `message` is written for the user: it names no path, key or signed URL.
 */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly type: FailureType,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

function rule(retryable: boolean, httpStatus: number, advice: string): FailureRule {
  return { retryable, httpStatus, advice };
}
