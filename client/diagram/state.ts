/** What the user has set in the diagram; survives hiding and reloading. */
export interface ViewState {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly selected: string | undefined;
  readonly search: string;
  readonly dataClass: string;
  readonly collapsed: readonly string[];
  readonly radius: boolean;
  /** Only what has open threats, and what is next to it. */
  readonly threats: boolean;
  readonly table: boolean;
}

export const initialState: ViewState = { x: 0, y: 0, scale: 0, selected: undefined, search: '', dataClass: '', collapsed: [], radius: false, threats: false, table: false };
