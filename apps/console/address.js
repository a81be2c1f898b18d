/** The page lives at /watch/{video_id}; everything else it needs is below that address. */
const base = location.pathname.replace(/\/+$/, '');
/** The token of a signed video goes with every call. */
const token = new URLSearchParams(location.search).get('token');

export function addressOf(name) {
  return token === null ? `${base}/${name}` : `${base}/${name}?${new URLSearchParams({ token })}`;
}

/** This page with the other format. */
export function formatAddress(format) {
  return `?${new URLSearchParams({ format, ...(token === null ? {} : { token }) })}`;
}
