import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { createApiKey } from '../../../infra/api-keys/api-key';
import { ApiKeysRepository } from '../../../infra/api-keys/api-keys-repository';
import { API_PREFIX } from '../api-prefix';
import { RequireScope } from '../auth/scope.decorator';
import { pageOf } from '../http/page-of';
import { Problem } from '../problems/problem';
import { videoIdOf } from '../videos/video-id';
import { CreatedKeyDto, CreateKeyDto, KeyDto, KeyPageDto, keyView, ListKeysDto } from './key-schemas';

/** API keys. */
@ApiTags('keys')
@Controller(`${API_PREFIX}/keys`)
export class KeysController {
  constructor(private readonly keys: ApiKeysRepository) {}

  @Post()
  @RequireScope('admin')
  @ApiOperation({ operationId: 'createKey', summary: 'Make an API key; the answer is the only place that shows it' })
  @ZodResponse({ status: 201, type: CreatedKeyDto })
  async create(@Body() { name, scopes, creator_id: creatorId, expires_at: expiresAt }: CreateKeyDto): Promise<CreatedKeyDto> {
    const made = createApiKey();
    const unique = [...new Set(scopes)];
    const row = await this.keys.add(made, { name, scopes: unique, creatorId, expiresAt: expiresAt === null ? null : new Date(expiresAt) });
    return { ...keyView(row), key: made.key };
  }

  @Get()
  @RequireScope('admin')
  @ApiOperation({ operationId: 'listKeys', summary: 'API keys, newest first, revoked and expired ones among them' })
  @ZodResponse({ status: 200, type: KeyPageDto })
  async list(@Query() { limit, cursor }: ListKeysDto): Promise<KeyPageDto> {
    const { page, nextCursor } = pageOf(await this.keys.list(limit + 1, cursor), limit, ({ keyId }) => keyId);
    return { keys: page.map(keyView), next_cursor: nextCursor };
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @RequireScope('admin')
  @ApiOperation({
    operationId: 'revokeKey',
    summary: 'Revoke an API key: within seconds no process takes it any more. Its row stays in the list',
  })
  @ZodResponse({ status: 200, type: KeyDto })
  async revoke(@Param('id') id: string): Promise<KeyDto> {
    const keyId = videoIdOf(id);
    const row = keyId && (await this.keys.revoke(keyId));
    if (!row) throw keyNotFound();
    return keyView(row);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('admin')
  @ApiOperation({ operationId: 'deleteKey', summary: 'Remove an API key and its row; within seconds no process takes it any more' })
  async remove(@Param('id') id: string): Promise<void> {
    const keyId = videoIdOf(id);
    if (keyId === null || !(await this.keys.remove(keyId))) throw keyNotFound();
  }
}

function keyNotFound(): Problem {
  return new Problem(404, 'ApiKeyNotFound', 'There is no API key with this id; see GET /keys.');
}
