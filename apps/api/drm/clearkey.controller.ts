import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { ContentKeys } from '../../../infra/content-keys/content-keys';
import type { Video } from '../../../infra/database/video';
import { KEY_LABELS, LOCAL_KEY_PROVIDER } from '../../../temporal/contract/media/protection';
import { API_PREFIX } from '../api-prefix';
import type { ApiConfig } from '../api-settings';
import { Public } from '../auth/public.decorator';
import { API_CONFIG } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { VideoAccess } from '../videos/video-access';
import { ClearKeyLicenceDto, ClearKeyRequestDto } from './clearkey-schemas';

/** Licences without any protection of the keys, for tests and demonstrations (W3C Encrypted Media Extensions 9.1). */
@ApiTags('videos')
@Public()
@Controller(`${API_PREFIX}/videos/:id/clearkey`)
export class ClearKeyController {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly access: VideoAccess,
    private readonly contentKeys: ContentKeys,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'getClearKeyLicence',
    summary: 'A ClearKey licence for a protected video: its keys in plain text, to every caller. Off unless CLEARKEY_LICENCES is on',
  })
  @ZodResponse({ status: 200, type: ClearKeyLicenceDto })
  async license(@Param('id') id: string, @Body() { kids }: ClearKeyRequestDto): Promise<ClearKeyLicenceDto> {
    if (!this.config.hasClearKey) {
      throw new Problem(
        404,
        'ClearKeyOff',
        'ClearKey licences are off; CLEARKEY_LICENCES=on of the API serves them on a test installation.',
      );
    }
    const keys = await this.keysOf(await this.access.findPublic(id));
    const asked = keys.filter(({ kid }) => kids.includes(kid));
    if (asked.length === 0) throw new Problem(404, 'KeyNotFound', 'This video has none of these keys.');
    return { keys: asked.map((key) => ({ kty: 'oct' as const, ...key })), type: 'temporary' };
  }

  /** Keys of a server belong to its owner, whose licence servers give them away. */
  private async keysOf({ videoId, manifestKey, encoding, protection }: Video): Promise<{ kid: string; k: string }[]> {
    const request = protection ?? encoding.drm;
    if (!request || request.keyProvider !== LOCAL_KEY_PROVIDER || manifestKey === null) return [];
    const keys = await this.contentKeys.keysOf(videoId, request, KEY_LABELS);
    return keys.map(({ kid, key }) => ({ kid: base64url(kid), k: base64url(key) }));
  }
}

/** Of hex digits (RFC 4648 5, without padding). */
function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}
