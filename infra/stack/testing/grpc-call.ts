import { createHmac } from 'node:crypto';
import { connect, type ClientHttp2Session } from 'node:http2';

const DEADLINE_MS = 3_000;
const TOKEN_LIFETIME_SECONDS = 60;

export interface GrpcTarget {
  port: number;
  /** TLS, else cleartext. */
  isEncrypted: boolean;
  /** PEM of the client; without them it shows no certificate. */
  identity?: { cert: string; key: string };
  /** Sent as a bearer token; left out, none is. */
  token?: string;
}

/** Sends one gRPC message and resolves to every byte that comes back; to nothing when the call is refused. */
export async function grpcCall({ port, isEncrypted, identity, token }: GrpcTarget, method: string, message: Buffer): Promise<Buffer> {
  const origin = `${isEncrypted ? 'https' : 'http'}://127.0.0.1:${port}`;
  const session = connect(origin, { rejectUnauthorized: false, ALPNProtocols: ['h2'], ...identity });
  try {
    return await Promise.race([answerOf(session, { method, message, token }), silence(session)]);
  } finally {
    session.destroy();
  }
}

interface GrpcMessage {
  method: string;
  message: Buffer;
  token: string | undefined;
}

function answerOf(session: ClientHttp2Session, { method, message, token }: GrpcMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const end = () => resolve(Buffer.concat(parts));
    session.once('error', end).once('close', end);
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { ':method': 'POST', ':path': `/${method}`, 'content-type': 'application/grpc', te: 'trailers' };
    const stream = session.request({ ...headers, ...authorization });
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.once('error', end).once('close', end);
    // Length-prefixed message: not compressed, size, bytes (gRPC over HTTP2, "Requests").
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([prefix, message]));
  });
}

function silence(session: ClientHttp2Session): Promise<Buffer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(Buffer.alloc(0)), DEADLINE_MS);
    session.once('close', () => clearTimeout(timer));
  });
}

/** A token as the parts of SeaweedFS sign them for each other (RFC 7519, HS256). */
export function signedToken(key: string): string {
  const expiresAtSeconds = Math.floor(Date.now() / 1000) + TOKEN_LIFETIME_SECONDS;
  const parts = [{ alg: 'HS256', typ: 'JWT' }, { exp: expiresAtSeconds }];
  const content = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

/** A length-delimited field of a protocol buffer message shorter than 128 bytes. */
export function textField(number: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** A field that is true. */
export function trueField(number: number): Buffer {
  return Buffer.from([number << 3, 1]);
}
