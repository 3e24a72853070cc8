/**
 * Envoy keeps a finished exchange's stream open this long, so that its last messages get out; its end is all that it tells of an exchange that was
 * not answered. With 0.5 s and a machine nine times overloaded, capture was further behind than that and exchanges were cut off.
 */
export const deferredCloseMs = 2_000;
