import type { Request } from 'express';

interface RouterLayer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean> };
}

/** Methods that some route has for the address of a request; none when there is nothing at it. */
export function allowedMethods(request: Request): string[] {
  const { stack } = (request.app as unknown as { router: { stack: RouterLayer[] } }).router;
  const methods = new Set<string>();
  for (const layer of stack) {
    if (layer.route && matches(layer, request.path))
      Object.keys(layer.route.methods).forEach((method) => methods.add(method.toUpperCase()));
  }
  if (methods.size === 0) return [];
  // Every GET answers HEAD too (RFC 9110 9.3.2).
  if (methods.has('GET')) methods.add('HEAD');
  methods.add('OPTIONS');
  methods.delete('_ALL');
  return [...methods].sort();
}

/** An address with a broken percent escape matches nothing. */
function matches(layer: RouterLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
