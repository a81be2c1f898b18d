import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { readPlayback, signPlayback, type PlaybackGrant } from './playback-token';
import { SignedVideos } from './signed-videos';

/** Makes and checks playback tokens. */
@Injectable()
export class PlaybackTokens {
  private readonly secrets: readonly string[];

  constructor(
    @Inject(API_CONFIG) { playbackSecrets }: Pick<ApiConfig, 'playbackSecrets'>,
    private readonly signed: SignedVideos,
  ) {
    this.secrets = playbackSecrets.map((secret) => secret.reveal());
  }

  /** Throws a 422 problem where there is no secret to sign with. */
  sign(grant: PlaybackGrant): string {
    const [secret] = this.secrets;
    if (secret === undefined) throw signingOff();
    return signPlayback(grant, secret);
  }

  /** Throws a 422 problem where there is no secret to sign with. */
  needSecret(): void {
    if (this.secrets.length === 0) throw signingOff();
  }

  /**
   * What the token opens; null for a public video without one. Throws a 403 problem for a signed video without a token, and for a
   * token that has expired or belongs to another video; `DatabaseUnavailable`.
   */
  async open(videoId: string, token: string | null): Promise<PlaybackGrant | null> {
    if (token !== null) return this.read(videoId, token);
    if (!(await this.signed.includes(videoId))) return null;
    throw new Problem(403, 'PlaybackTokenNeeded', 'This video plays with a playback token only; ask its owner for an address with one.');
  }

  private read(videoId: string, token: string): PlaybackGrant {
    const verdict = readPlayback(token, videoId, { secrets: this.secrets, now: Math.floor(Date.now() / 1000) });
    if ('grant' in verdict) return verdict.grant;
    if (verdict.refused === 'expired') {
      throw new Problem(403, 'PlaybackTokenExpired', 'This playback token has expired; ask for a new address of the video.');
    }
    throw new Problem(
      403,
      'PlaybackTokenInvalid',
      'This playback token does not belong to this video; ask for a new address of the video.',
    );
  }
}

function signingOff(): Problem {
  const sentence = 'Signed playback is off in this installation; ask its operator to set PLAYBACK_SECRETS, or send playback: "public".';
  return new Problem(422, 'PlaybackSigningOff', sentence);
}
