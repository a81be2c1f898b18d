import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
  paginateListParts,
  type Part,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { storage } from './storage-call';

/** How long a signed part URL can be used. */
const PART_URL_LIFETIME_SECONDS = 3600;

export interface UploadRef {
  key: string;
  uploadId: string;
}

export interface PartToSign {
  partNumber: number;
  sizeBytes: number;
}

export interface UploadedPart {
  partNumber: number;
  sizeBytes: number;
  etag: string;
  /** To the second. */
  storedAt: Date;
}

/** An upload that was neither completed nor aborted. */
export interface OpenUploadEntry extends UploadRef {
  startedAt: Date;
}

/** The store's own markers of where a page begins. Some order uploads by key, some by id. */
export interface OpenUploadsMarker {
  KeyMarker?: string | undefined;
  UploadIdMarker?: string | undefined;
}

export interface OpenUploadsPage {
  uploads: OpenUploadEntry[];
  /** Null behind the last page. */
  next: OpenUploadsMarker | null;
}

export interface SignedPart {
  partNumber: number;
  url: string;
  expiresAt: Date;
}

/** Multipart uploads into one bucket, whose parts clients send straight to the store. Methods throw `StorageUnavailable`. */
export class MultipartUploads {
  constructor(
    private readonly client: S3Client,
    /** Signs URLs under the name by which clients reach the store. */
    private readonly presignClient: S3Client,
    private readonly bucket: string,
  ) {}

  async create(key: string, contentType: string): Promise<UploadRef> {
    const command = new CreateMultipartUploadCommand({ Bucket: this.bucket, Key: key, ContentType: contentType });
    const { UploadId } = await storage(() => this.client.send(command));
    return { key, uploadId: UploadId ?? '' };
  }

  /** Signs one PUT of exactly `sizeBytes` each; needs no answer from the store. */
  async signParts(upload: UploadRef, parts: readonly PartToSign[]): Promise<SignedPart[]> {
    const expiresAt = await this.expiryOfSignatures();
    return Promise.all(
      parts.map(async ({ partNumber, sizeBytes }) => {
        const command = new UploadPartCommand({ ...this.address(upload), PartNumber: partNumber, ContentLength: sizeBytes });
        const url = await getSignedUrl(this.presignClient, command, {
          expiresIn: PART_URL_LIFETIME_SECONDS,
          // With the length signed, the store refuses a body of any other.
          signableHeaders: new Set(['host', 'content-length']),
        });
        return { partNumber, url, expiresAt };
      }),
    );
  }

  /**
   * The stored parts, or null when the upload was completed, aborted or has expired.
   * Some stores list every version of a part that was sent again.
   */
  async listParts(upload: UploadRef): Promise<UploadedPart[] | null> {
    return goneAsNull(async () => {
      const parts: UploadedPart[] = [];
      for await (const page of paginateListParts({ client: this.client }, this.address(upload))) {
        for (const part of page.Parts ?? []) {
          parts.push(toPart(part));
        }
      }
      return parts;
    });
  }

  /** Stores a part from memory. Resolves to null when the upload is gone. */
  async putPart(upload: UploadRef, partNumber: number, body: Uint8Array): Promise<UploadedPart | null> {
    const command = new UploadPartCommand({ ...this.address(upload), PartNumber: partNumber, Body: body, ContentLength: body.byteLength });
    const stored = await goneAsNull(() => this.client.send(command));
    return stored && { partNumber, sizeBytes: body.byteLength, etag: stored.ETag ?? '', storedAt: new Date() };
  }

  /** Joins the parts, given in order, to one object. Resolves to false when the upload or its parts are gone, as after or in a completion by another call. */
  async complete(upload: UploadRef, parts: readonly UploadedPart[]): Promise<boolean> {
    const command = new CompleteMultipartUploadCommand({
      ...this.address(upload),
      MultipartUpload: { Parts: parts.map((part) => ({ PartNumber: part.partNumber, ETag: part.etag })) },
    });
    return (await goneAsNull(() => this.client.send(command), ['NoSuchUpload', 'InvalidPart'])) !== null;
  }

  /** Frees the stored parts; an upload that is gone already is fine. */
  async abort(upload: UploadRef): Promise<void> {
    await goneAsNull(() => this.client.send(new AbortMultipartUploadCommand(this.address(upload))));
  }

  /** Uploads in progress in the whole bucket, at most `limit`. */
  async listOpen(from: OpenUploadsMarker | null, limit: number): Promise<OpenUploadsPage> {
    const command = new ListMultipartUploadsCommand({ Bucket: this.bucket, MaxUploads: limit, ...from });
    const page = await storage(() => this.client.send(command));
    const uploads = (page.Uploads ?? []).map(({ Key = '', UploadId = '', Initiated }) => ({
      key: Key,
      uploadId: UploadId,
      // Without a date it counts as new, so that no upload is aborted by mistake.
      startedAt: Initiated ?? new Date(),
    }));
    const next = { KeyMarker: page.NextKeyMarker || undefined, UploadIdMarker: page.NextUploadIdMarker || undefined };
    return { uploads, next: page.IsTruncated ? next : null };
  }

  /** A URL that temporary credentials have signed ends with them (S3 user guide, "Download and upload objects with presigned URLs"). */
  private async expiryOfSignatures(): Promise<Date> {
    const { expiration } = await storage(() => this.presignClient.config.credentials());
    const atMost = Date.now() + PART_URL_LIFETIME_SECONDS * 1000;
    return new Date(expiration ? Math.min(atMost, expiration.getTime()) : atMost);
  }

  private address(upload: UploadRef) {
    return { Bucket: this.bucket, Key: upload.key, UploadId: upload.uploadId };
  }
}

function toPart(part: Part): UploadedPart {
  return {
    partNumber: part.PartNumber ?? 0,
    sizeBytes: part.Size ?? 0,
    etag: part.ETag ?? '',
    storedAt: part.LastModified ?? new Date(0),
  };
}

/** `errors` are names of error responses (S3 API reference, "Error responses"). */
async function goneAsNull<T>(call: () => Promise<T>, errors: readonly string[] = ['NoSuchUpload']): Promise<T | null> {
  try {
    return await storage(call);
  } catch (error) {
    if (error instanceof Error && errors.includes(error.name)) return null;
    throw error;
  }
}
