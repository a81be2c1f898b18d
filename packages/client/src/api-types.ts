/** Types of the API, made from its OpenAPI document by `npm run client:types`. Not edited by hand. */
export interface paths {
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process serves requests */
        get: operations["Health_live_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** MySQL, object storage and Temporal answer */
        get: operations["Health_ready_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/housekeeping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last report of each task of housekeeping */
        get: operations["Housekeeping_last"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, newest first, revoked and expired ones among them */
        get: operations["Keys_list"];
        put?: never;
        /** Make an API key; the answer is the only place that shows it */
        post: operations["Keys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an API key and its row; within seconds no process takes it any more */
        delete: operations["Keys_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke an API key: within seconds no process takes it any more. Its row stays in the list */
        post: operations["Keys_revoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the Prometheus text format */
        get: operations["Health_scrape_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Presets: codec families, effort and quality of their encoders */
        get: operations["Presets_presets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backlog, pollers and slots of every queue */
        get: operations["Workers_queues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Playlists, segments and pictures of a public video (GET and HEAD) */
        get: operations["Stream_serve_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream/t/{token}/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same of a signed video, with a token of POST /videos/{id}/playback-token */
        get: operations["Stream_serveSigned_1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Videos, newest first */
        get: operations["Videos_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One video */
        get: operations["Videos_get"];
        put?: never;
        post?: never;
        /** Remove a video and everything made from it; the original stays */
        delete: operations["Operations_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the processing and free its storage; the original stays */
        post: operations["Operations_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/clearkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ClearKey licence for a protected video: its keys in plain text, to every caller. Off unless CLEARKEY_LICENCES is on */
        post: operations["ClearKey_license"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/drm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Encrypt a ready video without encoding it again. There is no way back: clear media of it is never served again */
        post: operations["Drm_protect"];
        /** Always refused: clear media of a protected video does not come back */
        delete: operations["Drm_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The status on every change, as server-sent events, until the status is final */
        get: operations["Videos_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/families": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add codec families to a ready video, or try one again that has failed; its manifests stay the same addresses */
        post: operations["Families_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/families/{codec}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a codec family out of the manifests, or stop making it; its objects go a day later */
        delete: operations["Families_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Playback URLs of a ready video */
        get: operations["Videos_manifest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/moderation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scores of sampled frames, the flagged pictures and the decision */
        get: operations["Moderation_get"];
        put?: never;
        /** Approve or reject a video that is held; can be repeated */
        post: operations["Moderation_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/moderation/pictures/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A flagged picture, numbered from 1 */
        get: operations["Moderation_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/playback-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for a viewer, with addresses that play a signed video until it expires */
        post: operations["Playback_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/poster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose the poster: a PNG or JPEG of at most 10 MiB, or the frame of a time */
        post: operations["Pictures_poster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quality of the finished streams, measured before publishing */
        get: operations["Quality_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry from a step; finished steps that do not depend on it are kept */
        post: operations["Operations_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress of every step */
        get: operations["Videos_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/subtitles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text tracks of a video, uploaded ones and those of its source */
        get: operations["Subtitles_list"];
        put?: never;
        /** Add subtitles in WebVTT or SubRip, before or after the video is ready; nothing is encoded again */
        post: operations["Subtitles_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/subtitles/{subtitleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take subtitles out of the manifests; their objects go a day later */
        delete: operations["Subtitles_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks of a video with their attempts, workers, durations and the last words of tools that failed */
        get: operations["Tasks_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/thumbnails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the thumbnails of a ready video again at another interval, of its streams and without encoding them again */
        post: operations["Pictures_thumbnails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The parts received so far, for resuming */
        get: operations["Uploads_state"];
        put?: never;
        post?: never;
        /** Abort the upload */
        delete: operations["Uploads_cancel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/upload/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete the upload and start processing; idempotent */
        post: operations["Uploads_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/upload/parts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign the URLs of up to 100 parts */
        post: operations["Uploads_signParts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CPU time and bytes by step and codec family, with estimates of cost and energy */
        get: operations["Usage_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/{id}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count views; codec families are added to videos with many of them */
        post: operations["Views_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry failed videos, oldest first, chosen by a filter */
        post: operations["Operations_retryAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an upload */
        post: operations["Uploads_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watermarks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest hundred watermarks */
        get: operations["Watermarks_list"];
        put?: never;
        /** Add a watermark: a PNG, JPEG or SVG of at most 2 MiB, or a text */
        post: operations["Watermarks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watermarks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A watermark */
        get: operations["Watermarks_find"];
        put?: never;
        post?: never;
        /** Remove a watermark; videos that have it keep it */
        delete: operations["Watermarks_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watermarks/{id}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The PNG that is drawn */
        get: operations["Watermarks_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live workers: one entry for each queue that a process serves or has left because it is unfit */
        get: operations["Workers_workers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process serves requests */
        get: operations["Health_live_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** MySQL, object storage and Temporal answer */
        get: operations["Health_ready_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics in the Prometheus text format */
        get: operations["Health_scrape_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Playlists, segments and pictures of a public video (GET and HEAD) */
        get: operations["Stream_serve_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream/t/{token}/{id}/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same of a signed video, with a token of POST /videos/{id}/playback-token */
        get: operations["Stream_serveSigned_0"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddedSubtitle_Output: {
            created_at: string;
            cue_count: number;
            /**
             * @description How the file was read
             * @enum {string}
             */
            encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
            /** @enum {string} */
            kind: "subtitles" | "captions" | "forced";
            label: string;
            language: string;
            /**
             * @description uploaded, a track of the source, or speech: a machine has heard what is said
             * @enum {string}
             */
            origin: "uploaded" | "source" | "speech";
            subtitle_id: string;
            /** @description What may not be meant, by lines of the file */
            warnings: {
                line: number;
                message: string;
            }[];
        };
        AddFamilies: {
            codecs: ("h264" | "hevc" | "av1" | "vp9")[];
        };
        AddViews: {
            /** @description Views since the last call */
            count: number;
        };
        BulkRetry: {
            creator_id?: string;
            /** @enum {string} */
            failed_step?: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
            /**
             * @description If omitted: every failure except those that only another file can fix
             * @enum {string}
             */
            failure_type?: "SourceNotFound" | "SourceUnreadable" | "SourceUnsupported" | "SourceEncrypted" | "SourceTooLarge" | "PlanInvalid" | "PlanVersionUnknown" | "EncodeFailed" | "EncoderMissing" | "GpuUnavailable" | "ScratchFull" | "OutOfMemory" | "StorageUnavailable" | "DatabaseUnavailable" | "WorkflowUnavailable" | "WatermarkMissing" | "ToolsDiffer" | "OutputInvalid" | "EncryptionFailed" | "QualityRejected" | "ModerationHeld" | "ModerationUnavailable" | "SpeechEngineMissing" | "SpeechEngineFailed" | "KeyProviderDenied" | "KeyProviderUnavailable" | "WorkerUnfit" | "RunLost" | "Cancelled";
            /**
             * @description The retry runs this step, the steps that depend on it and unfinished steps. If omitted: the failed step, or the first step of a cancelled video
             * @enum {string}
             */
            from_step?: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
            /** @default 100 */
            limit?: number;
        };
        BulkRetryResult_Output: {
            /** @description More videos match; call again */
            more: boolean;
            /** @description Ids of videos that could not be retried, such as those that another caller retried at the same time */
            refused: string[];
            /** @description Ids of the retried videos */
            retried: string[];
        };
        ClearKeyLicence_Output: {
            keys: {
                k: string;
                kid: string;
                /** @enum {string} */
                kty: "oct";
            }[];
            /** @enum {string} */
            type: "temporary";
        };
        ClearKeyRequest: {
            kids: string[];
            /**
             * @default temporary
             * @enum {string}
             */
            type?: "temporary";
        };
        CompleteUpload: Record<string, never>;
        CreatedKey_Output: {
            /** Format: date-time */
            created_at: string;
            creator_id: string | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @description Shown once */
            key: string;
            key_id: string;
            /**
             * Format: date-time
             * @description To the minute
             */
            last_used_at: string | null;
            name: string;
            /** @description The public part of the key */
            prefix: string;
            /** Format: date-time */
            revoked_at: string | null;
            scopes: ("videos:read" | "videos:write" | "moderate" | "operate" | "admin")[];
        };
        CreateKey: {
            /**
             * @description The creator whose videos it covers, and who owns what is uploaded with it; null: the videos of all
             * @default null
             */
            creator_id?: string | null;
            /**
             * Format: date-time
             * @description null: it does not expire
             * @default null
             */
            expires_at?: string | null;
            /** @description What the key is for */
            name: string;
            /** @description What it allows; admin includes all */
            scopes: ("videos:read" | "videos:write" | "moderate" | "operate" | "admin")[];
        };
        CreatePlaybackToken: {
            /**
             * @description Seconds; longer than the video, since players ask for segments until its end
             * @default 3600
             */
            expires_in?: number;
            /** @description Opens this folder or file alone; everything of the video when left out */
            path_prefix?: string;
        };
        CreateUpload: {
            /** @description aac, or aac and opus; that of the preset when left out. Every track is made in each */
            audio_codecs?: ("aac" | "opus")[];
            /** @description Codec families in place of those of the preset. The first of h264, hevc, av1 and vp9 among them is published first; the others join its manifests later */
            codecs?: ("h264" | "hevc" | "av1" | "vp9")[];
            /**
             * @description A hint; empty when it is unknown
             * @default
             */
            content_type?: string;
            /** @description Encrypts all media of the video; clear media is never public */
            drm?: {
                /**
                 * @description local, or a name in the file of key providers of this installation
                 * @default local
                 */
                key_provider?: string;
                /**
                 * @description cbcs: what all of devices of today play; cenc: older ones, without FairPlay
                 * @default cbcs
                 * @enum {string}
                 */
                scheme?: "cbcs" | "cenc";
                /** @description Key systems that manifests announce; all that the scheme allows when left out */
                systems?: ("widevine" | "playready" | "fairplay")[];
            };
            /** @description Exact size; the upload is checked against it */
            file_size_bytes: number;
            /** @description Only the base name is kept; folders in it are dropped */
            filename: string;
            /**
             * @description auto: HEVC and AV1 by a GPU where there is one, by the CPU if it fails; required: by GPUs alone; never: by CPUs
             * @default auto
             * @enum {string}
             */
            gpu?: "auto" | "never" | "required";
            /**
             * @description keep: an HDR10 or HLG source gets a rendition set in HDR for each of hevc and av1, beside the tone-mapped one; sdr-only: it does not
             * @default keep
             * @enum {string}
             */
            hdr?: "keep" | "sdr-only";
            /**
             * @description Larger renditions are not made
             * @enum {string}
             */
            highest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
            /** @description Also makes MPEG-TS segments of the H.264 renditions, for players without CMAF; as the preset says when left out */
            hls_ts?: boolean;
            /** @description LUFS that every track is brought to, or off; that of the preset when left out */
            loudness?: "off" | number;
            /**
             * @description Smaller renditions are not made, unless the source itself is smaller
             * @enum {string}
             */
            lowest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
            /**
             * @description flag: published with a warning when pictures score at or above the threshold; hold: waits for a moderator then; off: not scored. That of the preset when left out
             * @enum {string}
             */
            moderation?: "off" | "flag" | "hold";
            /** @description 0 flags every picture; that of the preset when left out */
            moderation_threshold?: number;
            /**
             * @description signed: plays with tokens of POST /videos/{id}/playback-token only. It stays so
             * @default public
             * @enum {string}
             */
            playback?: "public" | "signed";
            /** @description One of GET /presets: codec families, effort and quality of their encoders; the default of the installation when left out */
            preset?: string;
            /**
             * @default normal
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /**
             * @description Refuses to publish when a rendition of 720p or more is below its quality bar; without it, there is a warning
             * @default false
             */
            strict?: boolean;
            /**
             * @description auto: a machine makes subtitles of what is said; off: it does not. As the preset says when left out
             * @enum {string}
             */
            subtitles?: "auto" | "off";
            /** @description BCP 47 tag of the language that is spoken, for subtitles: auto; that of the audio track when left out */
            subtitles_language?: string;
            /** @description How often there is a thumbnail; as the preset says when left out */
            thumbnails?: {
                /** @description From one thumbnail to the next; longer in a title that would have more than 1200 */
                interval_seconds: number;
            };
            /** @description Control characters are dropped */
            title: string;
            /** @description Drawn on every rendition in place of that of the preset; null: none */
            watermark?: {
                /** @description Of POST /watermarks */
                id: string;
                /**
                 * @description Distance from the edges, of the shorter side of the picture
                 * @default 3
                 */
                margin_percent?: number;
                /**
                 * @description 1: as it is
                 * @default 1
                 */
                opacity?: number;
                /**
                 * @default bottom-right
                 * @enum {string}
                 */
                position?: "top-left" | "top" | "top-right" | "left" | "center" | "right" | "bottom-left" | "bottom" | "bottom-right";
                /**
                 * @description It is as large as fits into this share of width and height
                 * @default 12
                 */
                size_percent?: number;
            } | null;
        };
        DecideModeration: {
            /**
             * @description approve publishes the video; reject removes what was made of it, and keeps the original
             * @enum {string}
             */
            decision: "approve" | "reject";
            /** @description Why, for those who look at it later; control characters are dropped */
            note?: string;
        };
        FamiliesAccepted_Output: {
            families: {
                [key: string]: {
                    error?: {
                        advice: string;
                        code: string;
                        message: string;
                    };
                    percent: number;
                    /** @enum {string} */
                    state: "pending" | "running" | "joining" | "ready" | "failed" | "cancelled" | "leaving" | "removed";
                };
            };
            video_id: string;
        };
        Housekeeping_Output: {
            tasks: {
                /** @description Between two runs of the schedule */
                interval_seconds: number;
                /** @description Null before the first run has finished */
                last_run: {
                    /** @description Counts of findings and actions, by name */
                    counts: {
                        [key: string]: number;
                    };
                    /** @description Some of the counted items; the log of the worker lists all */
                    examples: string[];
                    /** Format: date-time */
                    finished_at: string;
                    /** Format: date-time */
                    started_at: string;
                } | null;
                /** @enum {string} */
                task: "abandoned-uploads" | "temporary-objects" | "codec-tiers" | "old-views" | "old-generations" | "stuck-runs" | "drift-report";
            }[];
        };
        Key_Output: {
            /** Format: date-time */
            created_at: string;
            creator_id: string | null;
            /** Format: date-time */
            expires_at: string | null;
            key_id: string;
            /**
             * Format: date-time
             * @description To the minute
             */
            last_used_at: string | null;
            name: string;
            /** @description The public part of the key */
            prefix: string;
            /** Format: date-time */
            revoked_at: string | null;
            scopes: ("videos:read" | "videos:write" | "moderate" | "operate" | "admin")[];
        };
        KeyPage_Output: {
            keys: components["schemas"]["Key_Output"][];
            /** @description Pass it as `cursor` to get the next page */
            next_cursor: string | null;
        };
        Live_Output: {
            /** @enum {string} */
            status: "ok";
        };
        Manifest_Output: {
            dash_url: string;
            hls_ts_url: string | null;
            hls_url: string;
            /**
             * @description signed: these addresses need a token, see POST /videos/{id}/playback-token
             * @enum {string}
             */
            playback: "public" | "signed";
            /** @description The poster in its sizes, largest first */
            posters: {
                avif_url: string;
                height: number;
                jpeg_url: string;
                width: number;
            }[];
            /** @description A silent MP4 of a few seconds */
            preview_url: string | null;
            sprite_vtt_url: string | null;
            thumbnail_url: string | null;
            video_id: string;
            watch_url: string;
        };
        Moderation_Output: {
            decision: {
                /** Format: date-time */
                decided_at: string;
                decided_by: string;
                /** @enum {string} */
                decision: "approve" | "reject";
                note: string | null;
            } | null;
            flagged: {
                /** @description Needs an API key as this call does */
                picture_url: string;
                /** @description 0 to 1; higher is less safe */
                score: number;
                time_ms: number;
            }[];
            /** @description Scored at or above the threshold */
            flagged_frames: number;
            generation: number;
            /**
             * Format: date-time
             * @description While the video waits for a moderator
             */
            held_since: string | null;
            /** @description Null until scored */
            highest_score: number | null;
            /** @description Between two scored frames */
            interval_ms: number | null;
            /** @enum {string} */
            mode: "off" | "flag" | "hold";
            model: {
                name: string;
                sha256: string;
                version: string;
            } | null;
            scored_frames: number;
            /** @description Of every sampled frame */
            scores: {
                /** @description 0 to 1; higher is less safe */
                score: number;
                time_ms: number;
            }[];
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            threshold: number;
            video_id: string;
        };
        ModerationDecided_Output: {
            /** Format: date-time */
            decided_at: string;
            decided_by: string;
            /** @enum {string} */
            decision: "approve" | "reject";
            note: string | null;
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
        };
        PlaybackToken_Output: {
            dash_url: string | null;
            /** Format: date-time */
            expires_at: string;
            hls_ts_url: string | null;
            /** @description null: path_prefix leaves it out */
            hls_url: string | null;
            thumbnail_url: string | null;
            token: string;
            video_id: string;
            watch_url: string;
        };
        PosterAccepted_Output: {
            poster: {
                /** @description Null for an uploaded picture */
                at_seconds: number | null;
            };
            video_id: string;
        };
        Presets_Output: {
            presets: {
                /** @description Of uploads that do not say */
                audio_codecs: ("aac" | "opus")[];
                /** @description Of stereo in AAC; null: by the size of the picture */
                audio_kbps: number | null;
                codecs: ("h264" | "hevc" | "av1" | "vp9")[];
                description: string;
                families: {
                    [key: string]: {
                        /** @description Rate caps over those of the family's own table */
                        cap_percent: number;
                        /** @description Of all rungs, or by rung; null and rungs that are left out: the family's own table */
                        crf: (number | {
                            [key: string]: number;
                        }) | null;
                        /** @description Preset of the encoder in its own words */
                        speed: string;
                    };
                };
                /** @enum {string|null} */
                highest_rung: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p" | null;
                /** @description Of uploads that do not say */
                hls_ts: boolean;
                /** @description Of uploads that name no preset */
                is_default: boolean;
                /** @description Of uploads that do not say; LUFS */
                loudness: "off" | number;
                /** @enum {string|null} */
                lowest_rung: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p" | null;
                /**
                 * @description Of uploads that do not say
                 * @enum {string}
                 */
                moderation: "off" | "flag" | "hold";
                /** @description Pictures that score as much or more are flagged */
                moderation_threshold: number;
                name: string;
                /**
                 * @description Of uploads that do not say
                 * @enum {string}
                 */
                subtitles: "auto" | "off";
                /** @description Of uploads that do not say; null: every five seconds */
                thumbnails: {
                    interval_seconds: number;
                } | null;
                /** @description Families that are added above so many views within an hour */
                tiers: {
                    [key: string]: number;
                };
                /** @description Drawn unless the upload names another or none */
                watermark: {
                    id: string;
                    margin_percent: number;
                    opacity: number;
                    /** @enum {string} */
                    position: "top-left" | "top" | "top-right" | "left" | "center" | "right" | "bottom-left" | "bottom" | "bottom-right";
                    size_percent: number;
                } | null;
            }[];
        };
        Problem: {
            /**
             * @description Stable and machine-readable
             * @example VideoNotFound
             */
            code: string;
            /** @description A sentence that says what to do */
            detail: string;
            /** @description Quote it when you report a problem */
            error_id: string;
            status: number;
            title: string;
            /** @description urn:sprocket:problem: and the code */
            type: string;
        } & {
            [key: string]: unknown;
        };
        ProtectionAccepted_Output: {
            drm: {
                key_provider: string;
                /** @enum {string} */
                scheme: "cbcs" | "cenc";
                /**
                 * @description pending: not encrypted, or something clear is left; only a video that was published clear before plays meanwhile. failed: given up for the reason in warnings; what was clear stays until protection is asked for again
                 * @enum {string}
                 */
                state: "pending" | "protected" | "failed";
                systems: ("widevine" | "playready" | "fairplay")[];
            };
            video_id: string;
        };
        ProtectVideo: {
            /**
             * @description local, or a name in the file of key providers of this installation
             * @default local
             */
            key_provider?: string;
            /**
             * @description cbcs: what all of devices of today play; cenc: older ones, without FairPlay
             * @default cbcs
             * @enum {string}
             */
            scheme?: "cbcs" | "cenc";
            /** @description Key systems that manifests announce; all that the scheme allows when left out */
            systems?: ("widevine" | "playready" | "fairplay")[];
        };
        Quality_Output: {
            /** @description Start of the audio track after the picture; the encoder priming before zero is trimmed by players */
            audio_offset_ms: number | null;
            /** @description Frames of the source that no frame of the streams shows */
            dropped_frames?: number;
            duration_ms: number;
            generation: number;
            /** @description Findings below their bar; empty when there are none */
            problems: string[];
            renditions: {
                average_bps: number;
                bound_bps: number;
                peak_bps: number;
                rendition: string;
                /** @description Of frames sampled over the title */
                vmaf: {
                    frames: number;
                    lowest: number;
                    mean: number;
                } | null;
                vmaf_bar: number | null;
            }[];
            source_duration_ms: number;
            video_id: string;
        };
        Queues_Output: {
            queues: {
                /** @description Approximate number of waiting tasks */
                backlog: number;
                /** @description Age of the oldest waiting task */
                backlog_age_ms: number;
                pollers: number;
                /** @enum {string} */
                queue: "pipeline" | "probe" | "split" | "transcode-cpu" | "transcode-gpu" | "audio" | "thumbnail" | "subtitle" | "speech" | "moderation" | "package" | "verify" | "drm" | "ts" | "notify";
                slots_total: number;
                slots_used: number;
            }[];
        };
        Ready_Output: {
            checks: {
                /** @enum {string} */
                mysql: "up" | "down" | "preparing";
                /** @enum {string} */
                object_store: "up" | "down" | "preparing";
                /** @enum {string} */
                temporal: "up" | "down" | "preparing";
            };
            /** @description Videos without protection need none; the log says why one is unusable */
            key_providers: {
                [key: string]: "usable" | "unusable";
            };
            /** @enum {string} */
            status: "ok";
        };
        RemakeThumbnails: {
            /** @description From one thumbnail to the next; longer in a title that would have more than 1200 */
            interval_seconds: number;
        };
        Retry: {
            /**
             * @description The retry runs this step, the steps that depend on it and unfinished steps. If omitted: the failed step, or the first step of a cancelled video
             * @enum {string}
             */
            from_step?: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
        };
        RetryAccepted_Output: {
            /** @description A new number when the retry makes a new plan */
            generation: number;
            /** @enum {string} */
            retry_from: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
            /** @enum {string} */
            status: "retrying";
            video_id: string;
        };
        SignedParts_Output: {
            urls: {
                expires_at: string;
                part_number: number;
                url: string;
            }[];
        };
        SignParts: {
            part_numbers: number[];
        };
        Subtitle_Output: {
            created_at: string;
            cue_count: number;
            /** @enum {string} */
            kind: "subtitles" | "captions" | "forced";
            label: string;
            language: string;
            /**
             * @description uploaded, a track of the source, or speech: a machine has heard what is said
             * @enum {string}
             */
            origin: "uploaded" | "source" | "speech";
            subtitle_id: string;
        };
        Subtitles_Output: {
            subtitles: components["schemas"]["Subtitle_Output"][];
        };
        Tasks_Output: {
            generation: number;
            next_cursor: string | null;
            tasks: {
                /** @description Since the step was started last; 0 for a task that waits for its first one */
                attempts: number;
                bytes_in: number | null;
                bytes_out: number | null;
                chunk: number | null;
                /** @description Of media tools, all attempts together */
                cpu_ms: number | null;
                /** @description Of the last attempt */
                duration_ms: number | null;
                /** Format: date-time */
                ended_at: string | null;
                error: string | null;
                /** @description The last ten failed attempts, oldest first */
                failures: {
                    attempt: number;
                    cpu_ms: number;
                    duration_ms: number;
                    exit_code: number | null;
                    /** Format: date-time */
                    failed_at: string;
                    host: string;
                    /** @description The end of what the tool printed, without URLs, paths and keys */
                    last_words: string | null;
                    message: string;
                    signal: string | null;
                    tool: string | null;
                    type: string;
                    worker: string;
                }[];
                family: string | null;
                percent: number;
                /** Format: date-time */
                started_at: string | null;
                /** @enum {string} */
                status: "pending" | "running" | "completed" | "failed" | "retrying";
                step: string;
                task_id: string;
                /** @description Of the last attempt */
                worker: string | null;
            }[];
            video_id: string;
        };
        ThumbnailsAccepted_Output: {
            thumbnails: {
                interval_seconds: number;
            };
            video_id: string;
        };
        UploadCompleted_Output: {
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
        };
        UploadCreated_Output: {
            /** @description Bytes of every part but the last */
            max_chunk_size: number;
            parts_total: number;
            upload_id: string;
            /** @description Presigned PUT of part 1; a file of one part needs no other */
            upload_url: string;
            video_id: string;
        };
        UploadState_Output: {
            bytes_received: number;
            file_size_bytes: number;
            max_chunk_size: number;
            missing_parts: number[];
            parts_total: number;
            received_parts: number[];
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
            /** @description Stored with another size than announced; send them again */
            wrong_parts: number[];
        };
        Usage_Output: {
            attempts: number;
            /** @description Media that tasks have read */
            bytes_in: number;
            /** @description What tasks have stored */
            bytes_out: number;
            /** @description Of media tools, user and system time, all attempts together */
            cpu_seconds: number;
            currency: string;
            duration_sec: number | null;
            /** @description Null where the operator has set no price */
            estimated_cost: number | null;
            /** @description Null where the operator has set no power */
            estimated_energy_watt_hours: number | null;
            steps: {
                attempts: number;
                /** @description Media that tasks have read */
                bytes_in: number;
                /** @description What tasks have stored */
                bytes_out: number;
                /** @description Of media tools, user and system time, all attempts together */
                cpu_seconds: number;
                /** @description Null where the operator has set no price */
                estimated_cost: number | null;
                /** @description Null where the operator has set no power */
                estimated_energy_watt_hours: number | null;
                family: string | null;
                step: string;
                tasks: number;
            }[];
            tasks: number;
            video_id: string;
        };
        Video_Output: {
            /** @description Codec families that were asked for with the upload */
            codecs: ("h264" | "hevc" | "av1" | "vp9" | "hevc-hdr" | "av1-hdr")[];
            /** Format: date-time */
            completed_at: string | null;
            content_type: string;
            /** Format: date-time */
            created_at: string;
            creator_id: string;
            dash_url: string | null;
            /** @description How the media of the video is encrypted; null: it is clear */
            drm: {
                key_provider: string;
                /** @enum {string} */
                scheme: "cbcs" | "cenc";
                /**
                 * @description pending: not encrypted, or something clear is left; only a video that was published clear before plays meanwhile. failed: given up for the reason in warnings; what was clear stays until protection is asked for again
                 * @enum {string}
                 */
                state: "pending" | "protected" | "failed";
                systems: ("widevine" | "playready" | "fairplay")[];
            } | null;
            duration_sec: number | null;
            error_message: string | null;
            /** @enum {string|null} */
            failed_step: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts" | null;
            failure_type: string | null;
            file_size_bytes: number;
            filename: string;
            frame_count: number | null;
            frame_rate: {
                den: number;
                num: number;
            } | null;
            generation: number;
            /**
             * @description What was asked for with the upload
             * @enum {string}
             */
            hdr: "keep" | "sdr-only";
            /** @enum {string|null} */
            highest_rung: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p" | null;
            /** @description Whether MPEG-TS segments were asked for */
            hls_ts: boolean;
            /** @description HLS with MPEG-TS segments for players without CMAF; null while there is none */
            hls_ts_url: string | null;
            hls_url: string | null;
            /** @enum {string|null} */
            lowest_rung: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p" | null;
            /** @description Null for a video that is not moderated */
            moderation: {
                /** @description Scored at or above the threshold */
                flagged_frames: number;
                /**
                 * Format: date-time
                 * @description While the video waits for a moderator
                 */
                held_since: string | null;
                /** @description Null until scored */
                highest_score: number | null;
                /** @enum {string} */
                mode: "off" | "flag" | "hold";
                scored_frames: number;
                threshold: number;
            } | null;
            original_bitrate_kbps: number | null;
            original_codec: string | null;
            original_format: string | null;
            original_height: number | null;
            original_width: number | null;
            /**
             * @description signed: addresses of media need a token, see POST /videos/{id}/playback-token
             * @enum {string}
             */
            playback: "public" | "signed";
            preset: string;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            /** @description Lowest mean VMAF of any rendition and number of problems; null until measured */
            quality: {
                problems: number;
                worst_vmaf: number | null;
            } | null;
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            strict: boolean;
            /**
             * @description auto: subtitles of what is said were asked for
             * @enum {string}
             */
            subtitles: "auto" | "off";
            /** @description With the scope operate only */
            temporal_ui_url: string | null;
            thumbnail_url: string | null;
            /** @description The interval that was asked for; null: every five seconds */
            thumbnails: {
                interval_seconds: number;
            } | null;
            title: string;
            video_id: string;
            /** @description In this minute and the 59 before it */
            views_last_hour: number;
            views_total: number;
            watch_url: string;
            /** @description Drawn on every rendition */
            watermark: {
                id: string;
                margin_percent: number;
                opacity: number;
                /** @enum {string} */
                position: "top-left" | "top" | "top-right" | "left" | "center" | "right" | "bottom-left" | "bottom" | "bottom-right";
                size_percent: number;
            } | null;
        };
        VideoEnded_Output: {
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
        };
        VideoPage_Output: {
            /** @description Pass it as `cursor` to get the next page */
            next_cursor: string | null;
            videos: components["schemas"]["Video_Output"][];
        };
        VideoProgress_Output: {
            /** Format: date-time */
            completed_at: string | null;
            error?: {
                advice: string;
                code: string;
                message: string;
            };
            /** Format: date-time */
            estimated_completion: string | null;
            /** @enum {string} */
            failed_step?: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
            /** @description Codec families beside the one that is published first */
            families: {
                [key: string]: {
                    error?: {
                        advice: string;
                        code: string;
                        message: string;
                    };
                    percent: number;
                    /** @enum {string} */
                    state: "pending" | "running" | "joining" | "ready" | "failed" | "cancelled" | "leaving" | "removed";
                };
            };
            percent: number;
            pipeline_progress: {
                /** @enum {string} */
                audio: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                drm: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                moderation: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                package: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                probe: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                publish: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                speech: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                split: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                subtitles: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                thumbnails: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                transcode: {
                    /** @description Chunks done */
                    completed: number;
                    percent: number;
                    /** @enum {string} */
                    state: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                    /** @description Chunks planned; 0 before the plan is made */
                    total: number;
                };
                /** @enum {string} */
                ts: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
                /** @enum {string} */
                verify: "pending" | "running" | "completed" | "failed" | "retrying" | "skipped";
            };
            /** Format: date-time */
            started_at: string | null;
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
            warnings: {
                /** @enum {string} */
                code?: "FramesMissing" | "ColourUnknown" | "ShapeAdjusted" | "TrackLeftOut" | "SpeechLeftOut" | "AudioDamaged" | "SoundCut" | "SourceDamaged" | "FamilyFailed" | "GpuFellBack" | "ModerationFlagged" | "PicturesMissing";
                /** @enum {string} */
                family?: "h264" | "hevc" | "av1" | "vp9" | "hevc-hdr" | "av1-hdr";
                message: string;
                /** @enum {string} */
                step: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts";
            }[];
        };
        ViewsAdded_Output: {
            video_id: string;
            /** @description In this minute and the 59 before it */
            views_last_hour: number;
            views_total: number;
        };
        Watermark_Output: {
            created_at: string;
            creator_id: string;
            height: number;
            sha256: string;
            size_bytes: number;
            /** @description Null for a picture */
            text: string | null;
            watermark_id: string;
            /** @description Of the stored PNG, which is drawn */
            width: number;
        };
        Watermarks_Output: {
            watermarks: components["schemas"]["Watermark_Output"][];
        };
        Workers_Output: {
            workers: {
                /** @description Hardware encoders, of workers for transcode-gpu only */
                encoders?: {
                    /** @description What the operator of the worker can do */
                    advice: string | null;
                    /** @enum {string} */
                    codec: "h264" | "hevc" | "av1";
                    /** @enum {string} */
                    kind: "nvenc" | "qsv" | "vaapi";
                    /** @description Why it does not work */
                    reason: string | null;
                    /** @description Whether its last test encode succeeded */
                    works: boolean;
                }[];
                /** @description Of the whole host, 0 to 1 */
                host_cpu_load: number;
                host_name: string;
                identity: string;
                queue: string;
                /** @description Why it is unfit */
                reason: string | null;
                /** Format: date-time */
                seen_at: string | null;
                slots_free: number;
                slots_used: number;
                /** Format: date-time */
                started_at: string | null;
                /**
                 * @description An unfit worker takes nothing from the queue until its own checks pass again
                 * @enum {string}
                 */
                state: "serving" | "unfit";
                worker_id: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Health_live_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live_Output"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ready_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready_Output"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Housekeeping_last: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Housekeeping_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_list: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Keys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_scrape_1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Presets_presets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presets_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workers_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Stream_serve_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Name below the video, such as manifest.m3u8 */
                path: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Stream_serveSigned_1: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: unknown;
                /** @description Name below the video, such as manifest.m3u8 */
                path: unknown;
                token: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Videos_list: {
        parameters: {
            query?: {
                creator_id?: string;
                /** @description `next_cursor` of the page before */
                cursor?: string;
                /** @description Whether pictures of a video score at or above its moderation threshold; videos that were not scored are neither. Needs the scope moderate */
                flagged?: "true" | "false";
                limit?: string;
                status?: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoPage_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Videos_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operations_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoEnded_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operations_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoEnded_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ClearKey_license: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearKeyRequest"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearKeyLicence_Output"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Drm_protect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProtectVideo"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProtectionAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Drm_clear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Videos_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Families_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddFamilies"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamiliesAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Families_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                codec: "h264" | "hevc" | "av1" | "vp9" | "hevc-hdr" | "av1-hdr";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamiliesAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Videos_manifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Moderation_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moderation_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Moderation_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideModeration"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModerationDecided_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Moderation_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Playback_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePlaybackToken"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackToken_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pictures_poster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The frame that is shown then */
                    at_seconds: number;
                };
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosterAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Quality_quality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quality_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operations_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Videos_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoProgress_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Subtitles_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subtitles_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Subtitles_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description At most 4194304 bytes */
                    content: string;
                    /** @enum {string} */
                    format: "vtt" | "srt";
                    /**
                     * @description captions also tell what is heard beside speech; forced ones are shown to everybody
                     * @default subtitles
                     * @enum {string}
                     */
                    kind?: "subtitles" | "captions" | "forced";
                    /** @description Name in the menu of players; that of the language when it is left out */
                    label?: string;
                    /** @description BCP 47 tag, such as en, pt-BR or zh-Hant */
                    language: string;
                };
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /** @enum {string} */
                    format?: "vtt" | "srt";
                    /**
                     * @description captions also tell what is heard beside speech; forced ones are shown to everybody
                     * @default subtitles
                     * @enum {string}
                     */
                    kind?: "subtitles" | "captions" | "forced";
                    /** @description Name in the menu of players; that of the language when it is left out */
                    label?: string;
                    /** @description BCP 47 tag, such as en, pt-BR or zh-Hant */
                    language: string;
                };
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedSubtitle_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Subtitles_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                subtitleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Tasks_tasks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: string;
                /** @description The current one where it is left out */
                generation?: number;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tasks_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Pictures_thumbnails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemakeThumbnails"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThumbnailsAccepted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadState_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompleteUpload"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCompleted_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_signParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignParts"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedParts_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Usage_usage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Views_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddViews"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewsAdded_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Operations_retryAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRetry"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRetryResult_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Uploads_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUpload"];
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCreated_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Watermarks_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermarks_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Watermarks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    content_type: "image/png" | "image/jpeg" | "image/svg+xml";
                    image_base64: string;
                } | {
                    /** @description A picture in the folder WATERMARK_KEY_PREFIX of the bucket of originals */
                    s3_key: string;
                } | {
                    /** @description One line in white with a dark edge */
                    text: string;
                };
                "image/jpeg": string;
                "image/png": string;
                "image/svg+xml": string;
            };
        };
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermark_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Watermarks_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermark_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Watermarks_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Watermarks_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Workers_workers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workers_Output"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_live_0: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live_Output"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_ready_0: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready_Output"];
                };
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Health_scrape_0: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Stream_serve_0: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Name below the video, such as manifest.m3u8 */
                path: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    Stream_serveSigned_0: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: unknown;
                /** @description Name below the video, such as manifest.m3u8 */
                path: unknown;
                token: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request is refused; `code` says why */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A dependency does not answer; try again */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
