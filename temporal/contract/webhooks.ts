/** Activities of webhooks, on the queue `notify`. */
export interface NotifyActivities {
  /**
   * Delivers events to webhooks for as long as one attempt may take, or until its worker is told to stop. It can be stopped at any moment, and
   * several at once harm nothing: an event is sent again, with the same id.
   */
  deliverWebhooks(): Promise<{ sent: number }>;
}
