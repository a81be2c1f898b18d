/** Types of the API, made from its OpenAPI document by `npm run client:types`. Not edited by hand. */
export interface paths {
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events of all videos that the key sees, as server-sent events; Last-Event-ID resumes */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process serves requests */
        get: operations["getLivenessBelowPrefix"];
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
        get: operations["getReadinessBelowPrefix"];
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
        get: operations["getHousekeeping"];
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
        get: operations["listKeys"];
        put?: never;
        /** Make an API key; the answer is the only place that shows it */
        post: operations["createKey"];
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
        delete: operations["deleteKey"];
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
        post: operations["revokeKey"];
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
        get: operations["getMetricsBelowPrefix"];
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
        get: operations["listPresets"];
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
        get: operations["listQueues"];
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
        get: operations["getMediaBelowPrefix"];
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
        get: operations["getSignedMediaBelowPrefix"];
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
        /** Videos, newest first, that pass all filters */
        get: operations["listVideos"];
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
        get: operations["getVideo"];
        put?: never;
        post?: never;
        /** Remove a video and everything made from it; the original stays */
        delete: operations["removeVideo"];
        options?: never;
        head?: never;
        /** Change the title and the metadata of a video, whatever its status */
        patch: operations["changeVideo"];
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
        post: operations["cancelVideo"];
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
        post: operations["getClearKeyLicence"];
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
        post: operations["protectVideo"];
        /** Always refused: clear media of a protected video does not come back */
        delete: operations["unprotectVideo"];
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
        get: operations["streamVideoEvents"];
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
        post: operations["addFamilies"];
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
        delete: operations["removeFamily"];
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
        get: operations["getVideoManifest"];
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
        get: operations["getModeration"];
        put?: never;
        /** Approve or reject a video that is held; can be repeated */
        post: operations["decideModeration"];
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
        get: operations["getFlaggedPicture"];
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
        post: operations["createPlaybackToken"];
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
        post: operations["choosePoster"];
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
        get: operations["getVideoQuality"];
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
        post: operations["retryVideo"];
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
        get: operations["getVideoStatus"];
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
        get: operations["listSubtitles"];
        put?: never;
        /** Add subtitles in WebVTT or SubRip, before or after the video is ready; nothing is encoded again */
        post: operations["addSubtitles"];
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
        delete: operations["removeSubtitles"];
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
        get: operations["listVideoTasks"];
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
        post: operations["remakeThumbnails"];
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
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /** Abort the upload */
        delete: operations["abortUpload"];
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
        post: operations["completeUpload"];
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
        post: operations["signUploadParts"];
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
        get: operations["getVideoUsage"];
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
        post: operations["addViews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pull a video from a URL or from the object store, then process it */
        post: operations["ingestVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/ingest/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pull up to 1000 videos */
        post: operations["ingestVideos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/videos/ingest/batches/{batchId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a batch is: videos by status, and its items page by page */
        get: operations["getIngestBatch"];
        put?: never;
        post?: never;
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
        post: operations["retryVideos"];
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
        post: operations["createUpload"];
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
        get: operations["listWatermarks"];
        put?: never;
        /** Add a watermark: a PNG, JPEG or SVG of at most 2 MiB, or a text */
        post: operations["createWatermark"];
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
        get: operations["getWatermark"];
        put?: never;
        post?: never;
        /** Remove a watermark; videos that have it keep it */
        delete: operations["deleteWatermark"];
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
        get: operations["getWatermarkImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks, newest first, those of single videos among them */
        get: operations["listWebhooks"];
        put?: never;
        /** Make a webhook; the answer is the only place that shows its secret */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove a webhook with its deliveries; what waits is not sent */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change a webhook, or disable and enable it */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries of a webhook with the log of their attempts, newest first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; requests have a signature of the one before, too, for a day */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an event webhook.test */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the event of a delivery again, with its id */
        post: operations["redeliverEvent"];
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
        get: operations["listWorkers"];
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
        get: operations["getLiveness"];
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
        get: operations["getReadiness"];
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
        get: operations["getMetrics"];
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
        get: operations["getMedia"];
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
        get: operations["getSignedMedia"];
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
            failure_type?: "SourceNotFound" | "SourceUnreadable" | "SourceUnsupported" | "SourceEncrypted" | "SourceTooLarge" | "SourceRefused" | "SourceDenied" | "SourceUnavailable" | "SourceMismatch" | "PlanInvalid" | "PlanVersionUnknown" | "EncodeFailed" | "EncoderMissing" | "GpuUnavailable" | "ScratchFull" | "OutOfMemory" | "StorageUnavailable" | "DatabaseUnavailable" | "WorkflowUnavailable" | "WatermarkMissing" | "ToolsDiffer" | "OutputInvalid" | "EncryptionFailed" | "QualityRejected" | "ModerationHeld" | "ModerationUnavailable" | "SpeechEngineMissing" | "SpeechEngineFailed" | "KeyProviderDenied" | "KeyProviderUnavailable" | "WorkerUnfit" | "RunLost" | "Cancelled";
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
        ChangeVideo: {
            /** @description Keys that are left out stay; null removes one */
            metadata?: {
                [key: string]: string | null;
            };
            /** @description Control characters are dropped */
            title?: string;
        };
        ChangeWebhook: {
            description?: string;
            /** @description false drops what waits to be sent; true begins with the next event */
            enabled?: boolean;
            event_types?: ("video.uploaded" | "video.playable" | "video.ready" | "video.updated" | "video.failed" | "video.moderation_required" | "video.cancelled" | "video.removed")[];
            /** @description https; plain http in networks that the operator allows alone. Redirects are not followed */
            url?: string;
        };
        ClearKeyLicence_Output: {
            keys: {
                k: string;
                kid: string;
                /** @constant */
                kty: "oct";
            }[];
            /** @constant */
            type: "temporary";
        };
        ClearKeyRequest: {
            kids: string[];
            /**
             * @default temporary
             * @constant
             */
            type?: "temporary";
        };
        CompleteUpload: Record<string, never>;
        CreatedKey_Output: {
            /** Format: date-time */
            created_at: string;
            creator_id: string | null;
            expires_at: string | null;
            /** @description Shown once */
            key: string;
            key_id: string;
            /** @description To the minute */
            last_used_at: string | null;
            name: string;
            /** @description The public part of the key */
            prefix: string;
            revoked_at: string | null;
            scopes: ("videos:read" | "videos:write" | "moderate" | "operate" | "admin")[];
        };
        CreateIngest: {
            /** @description aac, or aac and opus; that of the preset when left out. Every track is made in each */
            audio_codecs?: ("aac" | "opus")[];
            /** @description Of the object; that of the first open folder when left out */
            bucket?: string;
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
            /** @description false: does not play before it is ready. As the preset says when left out; strict and protected videos, and those that a moderator may hold, never do */
            early_playback?: boolean;
            /** @description The name at the source when left out */
            filename?: string;
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
            /** @description 1 to 10 rungs in place of those of the preset, whose quality stays. No rung is larger than the source; a source below all of them keeps its own size */
            ladder?: {
                /** @description Cap in H.264, at any frame rate; other families get the share of it that they need */
                bitrate_kbps: number;
                /** @description Of a landscape picture; the width of a portrait one. Either height or width */
                height?: number;
                /** @description Of a landscape picture; the height of a portrait one */
                width?: number;
            }[];
            /** @description LUFS that every track is brought to, or off; that of the preset when left out */
            loudness?: "off" | number;
            /**
             * @description Smaller renditions are not made, unless the source itself is smaller
             * @enum {string}
             */
            lowest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
            /**
             * @description Pairs of texts for your own use, 50 at most; GET /videos?metadata.KEY=VALUE finds them
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
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
            /** @description Of an object in a folder that the operator has opened */
            s3_key?: string;
            /** @description SHA-256 that the file must have */
            sha256?: string;
            /**
             * Format: uri
             * @description Of the file. Shown without its query, and forgotten once the original is stored
             */
            source_url?: string;
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
            /** @description The name of the file when left out */
            title?: string;
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
            /** @description Hears of the events of this video alone; see docs/webhooks.md */
            webhook_url?: string;
        };
        CreateIngestBatch: {
            /** @description Of the object; that of the first open folder when left out */
            bucket?: string;
            /** @description Requests as of POST /videos/ingest, of low priority by default */
            items?: {
                /** @description aac, or aac and opus; that of the preset when left out. Every track is made in each */
                audio_codecs?: ("aac" | "opus")[];
                /** @description Of the object; that of the first open folder when left out */
                bucket?: string;
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
                /** @description false: does not play before it is ready. As the preset says when left out; strict and protected videos, and those that a moderator may hold, never do */
                early_playback?: boolean;
                /** @description The name at the source when left out */
                filename?: string;
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
                /** @description 1 to 10 rungs in place of those of the preset, whose quality stays. No rung is larger than the source; a source below all of them keeps its own size */
                ladder?: {
                    /** @description Cap in H.264, at any frame rate; other families get the share of it that they need */
                    bitrate_kbps: number;
                    /** @description Of a landscape picture; the width of a portrait one. Either height or width */
                    height?: number;
                    /** @description Of a landscape picture; the height of a portrait one */
                    width?: number;
                }[];
                /** @description LUFS that every track is brought to, or off; that of the preset when left out */
                loudness?: "off" | number;
                /**
                 * @description Smaller renditions are not made, unless the source itself is smaller
                 * @enum {string}
                 */
                lowest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
                /**
                 * @description Pairs of texts for your own use, 50 at most; GET /videos?metadata.KEY=VALUE finds them
                 * @default {}
                 */
                metadata?: {
                    [key: string]: string;
                };
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
                 * @default low
                 * @enum {string}
                 */
                priority?: "low" | "normal" | "high" | "urgent";
                /** @description Of an object in a folder that the operator has opened */
                s3_key?: string;
                /** @description SHA-256 that the file must have */
                sha256?: string;
                /**
                 * Format: uri
                 * @description Of the file. Shown without its query, and forgotten once the original is stored
                 */
                source_url?: string;
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
                /** @description The name of the file when left out */
                title?: string;
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
            }[];
            /** @description Of the videos below s3_prefix, as those of an upload */
            options?: {
                /** @description aac, or aac and opus; that of the preset when left out. Every track is made in each */
                audio_codecs?: ("aac" | "opus")[];
                /** @description Codec families in place of those of the preset. The first of h264, hevc, av1 and vp9 among them is published first; the others join its manifests later */
                codecs?: ("h264" | "hevc" | "av1" | "vp9")[];
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
                /** @description false: does not play before it is ready. As the preset says when left out; strict and protected videos, and those that a moderator may hold, never do */
                early_playback?: boolean;
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
                /** @description 1 to 10 rungs in place of those of the preset, whose quality stays. No rung is larger than the source; a source below all of them keeps its own size */
                ladder?: {
                    /** @description Cap in H.264, at any frame rate; other families get the share of it that they need */
                    bitrate_kbps: number;
                    /** @description Of a landscape picture; the width of a portrait one. Either height or width */
                    height?: number;
                    /** @description Of a landscape picture; the height of a portrait one */
                    width?: number;
                }[];
                /** @description LUFS that every track is brought to, or off; that of the preset when left out */
                loudness?: "off" | number;
                /**
                 * @description Smaller renditions are not made, unless the source itself is smaller
                 * @enum {string}
                 */
                lowest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
                /**
                 * @description Pairs of texts for your own use, 50 at most; GET /videos?metadata.KEY=VALUE finds them
                 * @default {}
                 */
                metadata?: {
                    [key: string]: string;
                };
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
                 * @default low
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
            /** @description In place of items: every object below it, at most 1000 */
            s3_prefix?: string;
            /** @description Hears of the events of each of these videos; see docs/webhooks.md */
            webhook_url?: string;
        };
        CreateKey: {
            /**
             * @description The creator whose videos it covers, and who owns what is uploaded with it; null: the videos of all
             * @default null
             */
            creator_id?: string | null;
            /**
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
            /** @description false: does not play before it is ready. As the preset says when left out; strict and protected videos, and those that a moderator may hold, never do */
            early_playback?: boolean;
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
            /** @description 1 to 10 rungs in place of those of the preset, whose quality stays. No rung is larger than the source; a source below all of them keeps its own size */
            ladder?: {
                /** @description Cap in H.264, at any frame rate; other families get the share of it that they need */
                bitrate_kbps: number;
                /** @description Of a landscape picture; the width of a portrait one. Either height or width */
                height?: number;
                /** @description Of a landscape picture; the height of a portrait one */
                width?: number;
            }[];
            /** @description LUFS that every track is brought to, or off; that of the preset when left out */
            loudness?: "off" | number;
            /**
             * @description Smaller renditions are not made, unless the source itself is smaller
             * @enum {string}
             */
            lowest_rung?: "2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p";
            /**
             * @description Pairs of texts for your own use, 50 at most; GET /videos?metadata.KEY=VALUE finds them
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
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
            /** @description Hears of the events of this video alone; see docs/webhooks.md */
            webhook_url?: string;
        };
        CreateWebhook: {
            /** @description Whose videos it hears of, for keys that see all: null for those of all creators. Other keys: their own */
            creator_id?: string | null;
            /** @default  */
            description?: string;
            /**
             * @description Empty: all
             * @default []
             */
            event_types?: ("video.uploaded" | "video.playable" | "video.ready" | "video.updated" | "video.failed" | "video.moderation_required" | "video.cancelled" | "video.removed")[];
            /** @description https; plain http in networks that the operator allows alone. Redirects are not followed */
            url: string;
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
                task: "abandoned-uploads" | "temporary-objects" | "codec-tiers" | "old-views" | "old-events" | "old-generations" | "stuck-runs" | "drift-report";
            }[];
        };
        IngestAccepted_Output: {
            /** @description Without query */
            source: string;
            /** @enum {string} */
            status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            video_id: string;
            /** @description Signs the requests to webhook_url; shown once, and not when a request is repeated under its Idempotency-Key */
            webhook_secret?: string;
        };
        IngestBatch_Output: {
            batch_id: string;
            /** @description Videos by status; uploading: waits, or is being pulled */
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            created_at: string;
            items: {
                bytes_received: number;
                bytes_total: number | null;
                error: {
                    advice: string;
                    code: string;
                    message: string;
                } | null;
                /** @description Without query */
                source: string;
                /** @enum {string} */
                status: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
                video_id: string;
            }[];
            next_cursor: string | null;
            total: number;
        };
        IngestBatchAccepted_Output: {
            batch_id: string;
            items: number;
            /** @description Signs the requests to webhook_url; shown once, and not when a request is repeated under its Idempotency-Key */
            webhook_secret?: string;
        };
        Key_Output: {
            /** Format: date-time */
            created_at: string;
            creator_id: string | null;
            expires_at: string | null;
            key_id: string;
            /** @description To the minute */
            last_used_at: string | null;
            name: string;
            /** @description The public part of the key */
            prefix: string;
            revoked_at: string | null;
            scopes: ("videos:read" | "videos:write" | "moderate" | "operate" | "admin")[];
        };
        KeyPage_Output: {
            keys: components["schemas"]["Key_Output"][];
            /** @description Pass it as `cursor` to get the next page */
            next_cursor: string | null;
        };
        Live_Output: {
            /** @constant */
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
            /** @description While the video waits for a moderator */
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
                /** @description Of uploads that do not say */
                early_playback: boolean;
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
                highest_rung: ("2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p") | null;
                /** @description Of uploads that do not say */
                hls_ts: boolean;
                /** @description Of uploads that name no preset */
                is_default: boolean;
                /** @description Of uploads that do not say; LUFS */
                loudness: "off" | number;
                lowest_rung: ("2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p") | null;
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
            /** @description Of a 422: what is wrong with which field */
            errors?: {
                field?: string;
                message?: string;
            }[];
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
                queue: "pipeline" | "ingest" | "probe" | "split" | "transcode-cpu" | "transcode-gpu" | "transcode-express" | "audio" | "thumbnail" | "subtitle" | "speech" | "moderation" | "package" | "verify" | "drm" | "ts" | "notify";
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
            /** @constant */
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
            /**
             * @description ingest: the original is pulled, before the first step
             * @enum {string}
             */
            retry_from: "probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts" | "ingest";
            /** @constant */
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
            /** @description Signs the requests to webhook_url; shown once, and not when a request is repeated under its Idempotency-Key */
            webhook_secret?: string;
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
            /** @description Whether it plays while it is encoded */
            early_playback: boolean;
            error_message: string | null;
            failed_step: ("probe" | "split" | "transcode" | "audio" | "thumbnails" | "subtitles" | "speech" | "moderation" | "package" | "verify" | "drm" | "publish" | "ts") | null;
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
            highest_rung: ("2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p") | null;
            /** @description Whether MPEG-TS segments were asked for */
            hls_ts: boolean;
            /** @description HLS with MPEG-TS segments for players without CMAF; null while there is none */
            hls_ts_url: string | null;
            hls_url: string | null;
            /** @description That was asked for in place of the rungs of the preset */
            ladder: {
                bitrate_kbps: number;
                height?: number;
                width?: number;
            }[] | null;
            lowest_rung: ("2160p" | "1440p" | "1080p" | "720p" | "480p" | "360p" | "240p") | null;
            /** @description Pairs for your own use */
            metadata: {
                [key: string]: string;
            };
            /** @description Null for a video that is not moderated */
            moderation: {
                /** @description Scored at or above the threshold */
                flagged_frames: number;
                /** @description While the video waits for a moderator */
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
            /** @description When it could be played first: while it was encoded, or as it was published; null before */
            playable_at: string | null;
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
            /** @description Pass it as `cursor` to get the next page. Null at the end: a page of a search in titles may have few videos, or none, before */
            next_cursor: string | null;
            videos: components["schemas"]["Video_Output"][];
        };
        VideoProgress_Output: {
            completed_at: string | null;
            error?: {
                advice: string;
                code: string;
                message: string;
            };
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
            /** @description Of a video whose original is pulled, until it is stored */
            ingest?: {
                bytes_received: number;
                /** @description Null where the source does not tell */
                bytes_total: number | null;
                /** @description Why the last attempt failed, while the next one is waited for */
                problem: string | null;
                /**
                 * @description waiting: for its turn
                 * @enum {string}
                 */
                state: "waiting" | "pulling";
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
            /** @description When it could be played first: while it was encoded, or as it was published; null before */
            playable_at: string | null;
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
        Webhook_Output: {
            /** Format: date-time */
            created_at: string;
            /** @description null: it hears of the videos of all creators */
            creator_id: string | null;
            description: string;
            disabled_at: string | null;
            enabled: boolean;
            /** @description Empty: all */
            event_types: ("video.uploaded" | "video.playable" | "video.ready" | "video.updated" | "video.failed" | "video.moderation_required" | "video.cancelled" | "video.removed")[];
            failing_since: string | null;
            last_delivered_at: string | null;
            /** @description What its owner should know: that it fails, or why it was disabled */
            notice: string | null;
            /** @description After a rotation: until when the secret of before signs, too */
            old_secret_until: string | null;
            url: string;
            /** @description The only video that it hears of, for the webhook_url of an upload */
            video_id: string | null;
            webhook_id: string;
        };
        WebhookDelivery_Output: {
            attempts: number;
            /** Format: date-time */
            created_at: string;
            delivery_id: string;
            ended_at: string | null;
            /** @description The header webhook-id: the same for every attempt and redelivery */
            event_id: string;
            event_type: string;
            next_attempt_at: string | null;
            /** @enum {string} */
            status: "waiting" | "delivered" | "failed" | "dropped";
            video_id: string | null;
            webhook_id: string;
        };
        WebhookDeliveryPage_Output: {
            deliveries: {
                attempts: number;
                /** Format: date-time */
                created_at: string;
                delivery_id: string;
                ended_at: string | null;
                /** @description The header webhook-id: the same for every attempt and redelivery */
                event_id: string;
                event_type: string;
                log: {
                    attempt: number;
                    duration_ms: number;
                    /** @description Why there was no answer */
                    problem: string | null;
                    /** @description Without the signature */
                    request_headers: {
                        [key: string]: string;
                    };
                    /** @description Its first kilobyte */
                    response_body: string | null;
                    response_headers: {
                        [key: string]: string;
                    } | null;
                    response_status: number | null;
                    /** Format: date-time */
                    sent_at: string;
                }[];
                next_attempt_at: string | null;
                /** @enum {string} */
                status: "waiting" | "delivered" | "failed" | "dropped";
                video_id: string | null;
                webhook_id: string;
            }[];
            /** @description Pass it as `cursor` to get the next page */
            next_cursor: string | null;
        };
        WebhookPage_Output: {
            /** @description Pass it as `cursor` to get the next page */
            next_cursor: string | null;
            webhooks: components["schemas"]["Webhook_Output"][];
        };
        WebhookWithSecret_Output: {
            /** Format: date-time */
            created_at: string;
            /** @description null: it hears of the videos of all creators */
            creator_id: string | null;
            description: string;
            disabled_at: string | null;
            enabled: boolean;
            /** @description Empty: all */
            event_types: ("video.uploaded" | "video.playable" | "video.ready" | "video.updated" | "video.failed" | "video.moderation_required" | "video.cancelled" | "video.removed")[];
            failing_since: string | null;
            last_delivered_at: string | null;
            /** @description What its owner should know: that it fails, or why it was disabled */
            notice: string | null;
            /** @description After a rotation: until when the secret of before signs, too */
            old_secret_until: string | null;
            /** @description Signs the requests (Standard Webhooks); shown once */
            secret: string;
            url: string;
            /** @description The only video that it hears of, for the webhook_url of an upload */
            video_id: string | null;
            webhook_id: string;
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
                seen_at: string | null;
                slots_free: number;
                slots_used: number;
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
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Last-Event-ID is no id of an event */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getLivenessBelowPrefix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live_Output"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getReadinessBelowPrefix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready_Output"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getHousekeeping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Housekeeping_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listKeys: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "the website",
                 *       "scopes": [
                 *         "videos:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getMetricsBelowPrefix: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listPresets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presets_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getMediaBelowPrefix: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Name below the video, such as manifest.m3u8
                 * @example manifest.m3u8
                 */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is signed, and plays with a token only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video played while it was encoded, and the run has failed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is another one (RFC 9110 13.1) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range is beyond the file */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getSignedMediaBelowPrefix: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Name below the video, such as manifest.m3u8
                 * @example manifest.m3u8
                 */
                path: string;
                /**
                 * @description Of POST /videos/{id}/playback-token
                 * @example token
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not open this file, or no longer */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video played while it was encoded, and the run has failed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is another one (RFC 9110 13.1) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range is beyond the file */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listVideos: {
        parameters: {
            query?: {
                /** @description Created before this instant */
                created_before?: string;
                /** @description Created at this instant or later (RFC 3339) */
                created_from?: string;
                creator_id?: string;
                /** @description `next_cursor` of the page before */
                cursor?: string;
                /** @description Whether pictures of a video score at or above its moderation threshold; videos that were not scored are neither. Needs the scope moderate */
                flagged?: "true" | "false";
                limit?: string;
                /** @description Pairs that a video has, all of them: metadata.KEY=VALUE, as in {"metadata.campaign": "spring"} */
                metadata?: {
                    [key: string]: string;
                };
                preset?: string;
                status?: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
                /** @description A part of the title, in either case */
                title?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoPage_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    removeVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoEnded_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    changeVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Holiday by the sea",
                 *       "metadata": {
                 *         "campaign": "spring"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangeVideo"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Video_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    cancelVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoEnded_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nothing to cancel */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getClearKeyLicence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kids": [
                 *         "AAECAwQFBgcICQoLDA0ODw"
                 *       ],
                 *       "type": "temporary"
                 *     }
                 */
                "application/json": components["schemas"]["ClearKeyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClearKeyLicence_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    protectVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scheme": "cbcs"
                 *     }
                 */
                "application/json": components["schemas"]["ProtectVideo"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProtectionAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is not ready, or it is protected otherwise */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    unprotectVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Always */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    streamVideoEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    addFamilies: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "codecs": [
                 *         "av1"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AddFamilies"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamiliesAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is not ready, or it has the family */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    removeFamily: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A codec family
                 * @example av1
                 */
                codec: "h264" | "hevc" | "av1" | "vp9" | "hevc-hdr" | "av1-hdr";
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FamiliesAccepted_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video was published in this family first */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such family */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getVideoManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video cannot be played yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getModeration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Moderation_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    decideModeration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decision": "approve"
                 *     }
                 */
                "application/json": components["schemas"]["DecideModeration"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModerationDecided_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is not held, or was decided otherwise */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getFlaggedPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Counted from 1
                 * @example 1
                 */
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    createPlaybackToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expires_in": 14400
                 *     }
                 */
                "application/json": components["schemas"]["CreatePlaybackToken"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackToken_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video cannot be played yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    choosePoster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "at_seconds": 1
                 *     }
                 */
                "application/json": {
                    /** @description The frame that is shown then */
                    at_seconds: number;
                };
                "image/jpeg": string;
                "image/png": string;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PosterAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is not ready, or it is protected */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getVideoQuality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quality_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The streams are not measured yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    retryVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing of the video can be retried now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getVideoStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VideoProgress_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listSubtitles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subtitles_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    addSubtitles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "language": "en",
                 *       "format": "vtt",
                 *       "content": "WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n"
                 *     }
                 */
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedSubtitle_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is over, or has all text tracks that it may have */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    removeSubtitles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Of the list of subtitles
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                subtitleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is over */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listVideoTasks: {
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
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tasks_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    remakeThumbnails: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "interval_seconds": 10
                 *     }
                 */
                "application/json": components["schemas"]["RemakeThumbnails"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThumbnailsAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is not ready, or it is protected */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadState_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video has no upload, or it has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    abortUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    completeUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CompleteUpload"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCompleted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Parts are missing, or the upload has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    signUploadParts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "part_numbers": [
                 *         1
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SignParts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedParts_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getVideoUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    addViews: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "count": 1
                 *     }
                 */
                "application/json": components["schemas"]["AddViews"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewsAdded_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video cannot be played */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    ingestVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "source_url": "https://media.example/holiday.mp4",
                 *       "title": "Holiday"
                 *     }
                 */
                "application/json": components["schemas"]["CreateIngest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The pull that this Idempotency-Key began has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service has no key that could wrap the secret of a webhook */
            502: {
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
    ingestVideos: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "source_url": "https://media.example/holiday.mp4"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateIngestBatch"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestBatchAccepted_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service has no key that could wrap the secret of webhooks */
            502: {
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
    getIngestBatch: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: string;
                limit?: string;
                /** @description Only items of this status */
                status?: "uploading" | "uploaded" | "probing" | "transcoding" | "packaging" | "moderating" | "ready" | "failed" | "cancelled" | "removed";
            };
            header?: never;
            path: {
                /**
                 * @description Of POST /videos/ingest/batch
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestBatch_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    retryVideos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": 10
                 *     }
                 */
                "application/json": components["schemas"]["BulkRetry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRetryResult_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, such as a UUID; a call that is repeated with it counts once */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filename": "holiday.mp4",
                 *       "content_type": "video/mp4",
                 *       "file_size_bytes": 1048576,
                 *       "title": "Holiday"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUpload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadCreated_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload that this Idempotency-Key began has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service has no key that could wrap the secret of a webhook */
            502: {
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
    listWatermarks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermarks_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    createWatermark: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "sprocket"
                 *     }
                 */
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermark_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getWatermark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watermark_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    deleteWatermark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getWatermarkImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listWebhooks: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example/sprocket",
                 *       "event_types": [
                 *         "video.ready"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are too many webhooks */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service has no key that wraps secrets */
            502: {
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
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "The site"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWebhook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook_Output"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large, or the upload that it asks for */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has another type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listWebhookDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: string;
            };
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field is wrong; `errors` says which and why */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service has no key that wraps secrets */
            502: {
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
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The webhook is disabled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery_Output"];
                };
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The webhook is disabled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    listWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workers_Output"];
                };
            };
            /** @description The API key is missing, wrong, expired or revoked */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope or covers another creator, or a page of another site asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is not known by this name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There were too many requests */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live_Output"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready_Output"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The fault is on our side */
            500: {
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
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Name below the video, such as manifest.m3u8
                 * @example manifest.m3u8
                 */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video is signed, and plays with a token only */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video played while it was encoded, and the run has failed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is another one (RFC 9110 13.1) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range is beyond the file */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
    getSignedMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description As the call that made it has answered
                 * @example 01KB3QW1T0V9E4X7M2C6Y8D5RA
                 */
                id: string;
                /**
                 * @description Name below the video, such as manifest.m3u8
                 * @example manifest.m3u8
                 */
                path: string;
                /**
                 * @description Of POST /videos/{id}/playback-token
                 * @example token
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not open this file, or no longer */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or it belongs to another creator */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The video played while it was encoded, and the run has failed */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is another one (RFC 9110 13.1) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range is beyond the file */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The fault is on our side */
            500: {
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
}
