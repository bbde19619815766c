/** What a long computation asks between its steps. `AbortSignal` and an LSP token both fit. */
export interface Cancellation {
  readonly cancelled: () => boolean;
}

export const neverCancelled: Cancellation = { cancelled: () => false };

export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

export function throwIfCancelled(cancellation: Cancellation): void {
  if (cancellation.cancelled()) throw new CancelledError();
}
