import { Webhook } from 'standardwebhooks';

/**
 * Takes webhooks: 400 when the signature is wrong, 204 when `onEvent` has done its work. When that throws, the answer is 500 and
 * sprocket sends the event again.
 */
export function takeEvent(secret, onEvent) {
  const webhook = new Webhook(secret);
  /** An event can come twice; `webhook-id` tells. A site with a database keeps the ids there. */
  const done = new Set();
  return async (request, response) => {
    const id = request.headers['webhook-id'];
    let event;
    try {
      // The signature is of the bytes as they came, so nothing parses them before.
      event = webhook.verify(request.body, request.headers);
    } catch {
      return response.status(400).send('The signature is wrong.');
    }
    if (!done.has(id)) await onEvent(event);
    done.add(id);
    response.status(204).end();
  };
}
