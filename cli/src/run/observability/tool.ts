import type { Part } from '@chronos/local/part.ts';
import type { Ports } from '../ports.ts';
import type { StateFolder } from '../state-folder.ts';

export interface ToolSurroundings {
  readonly ports: Ports;
  readonly folder: StateFolder;
}

/** A program of the standard stack that `--observability` starts beside the run. Nothing of Chronos depends on it. */
export interface Tool {
  readonly title: string;
  /** The part that runs it and the link for people, or what is missing and how to get it. */
  find(surroundings: ToolSurroundings): Promise<Found | Missing>;
}

export interface Found {
  readonly url: string;
  readonly part: Part;
}

export interface Missing {
  readonly missing: string;
}
