/** Requests to one webhook at a time; one that fails gets a single one, so that it keeps no others from theirs. */
const SLOTS_EACH = 4;
const SLOTS_OF_FAILING = 1;
/** Requests of a dispatcher at a time. Those that fail mostly wait for an answer, and take half of them at most. */
const SLOTS = 64;
const SLOTS_OF_ALL_FAILING = 32;

/** A webhook that deliveries are due for. */
export interface DueWebhook {
  webhookId: string;
  isFailing: boolean;
}

/** A request under way. */
export type Busy = DueWebhook;

/** How many deliveries of each webhook may begin now. Those that nothing is under way for come first. */
export function shareSlots(due: readonly DueWebhook[], busy: readonly Busy[]): { webhookId: string; isFailing: boolean; slots: number }[] {
  const countOf = (id: string) => busy.filter(({ webhookId }) => webhookId === id).length;
  let failingLeft = SLOTS_OF_ALL_FAILING - busy.filter(({ isFailing }) => isFailing).length;
  let left = SLOTS - busy.length;
  const byBusy = [...due].sort((one, other) => countOf(one.webhookId) - countOf(other.webhookId));
  return byBusy.flatMap((webhook) => {
    const most = webhook.isFailing ? Math.min(SLOTS_OF_FAILING, failingLeft) : SLOTS_EACH;
    const slots = Math.min(most - countOf(webhook.webhookId), left);
    if (slots <= 0) return [];
    left -= slots;
    if (webhook.isFailing) failingLeft -= slots;
    return [{ ...webhook, slots }];
  });
}
