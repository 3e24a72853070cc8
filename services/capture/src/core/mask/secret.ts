/** A secret that its value, or a name beside it, gives away. */
export interface Secret {
  /** What its mask is called: `card`, `iban`, `jwt`, `bearer`, `api-key`, `private-key`, or what its name says. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Without separators, which mean nothing in it. */
  readonly canonical: string;
}
