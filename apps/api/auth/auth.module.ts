import { Global, Module } from '@nestjs/common';
import { KnownKeys } from './known-keys';
import { OpenStreams } from './open-streams';

/** Who calls, for the guard and for streams that outlive a request. */
@Global()
@Module({ providers: [KnownKeys, OpenStreams], exports: [KnownKeys, OpenStreams] })
export class AuthModule {}
