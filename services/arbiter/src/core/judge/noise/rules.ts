/** What the rules of noise decide, for the documentation: a field that legacy itself does not repeat. */
export interface NoiseRule {
  readonly name: string;
  readonly verdict: 'harmless' | 'bug' | 'ask';
  readonly when: string;
}

const rule = (name: string, verdict: NoiseRule['verdict'], when: string): NoiseRule => ({
  name,
  verdict,
  when,
});

export const NOISE_RULES: readonly NoiseRule[] = [
  rule(
    'clock',
    'harmless',
    'Points in time that are no farther from legacy’s than a few seconds, or five times as far as its own second run.',
  ),
  rule(
    'clock-shifted',
    'bug',
    'Some are more than a minute and ten times as far as legacy’s own second run, or all are at one constant distance.',
  ),
  rule('clock-unit', 'bug', 'Bare numbers that count another unit than legacy’s (seconds for milliseconds).'),
  rule(
    'noise-rounded',
    'bug',
    'Whole numbers where all of legacy’s have two digits after the point or more.',
  ),
  rule('clock-zone', 'ask', 'As clock-shifted, where one side does not tell its zone.'),
  rule('clock-unclear', 'ask', 'Too far for a clock, not far enough for a shift.'),
  rule(
    'new-keys',
    'harmless',
    'Integers of five digits or more, all different, of legacy’s lengths, and as far from legacy’s as its second run.',
  ),
  rule(
    'noise-last-digit',
    'harmless',
    'Single units of the last digit to both sides, as often as legacy’s own (asked when they are more).',
  ),
  rule(
    'noise-one-sided',
    'bug',
    'Single units of the last digit that go one way, beyond chance and beyond legacy’s own.',
  ),
  rule('noise-sign', 'bug', 'Negative where legacy’s values are all positive.'),
  rule('noise-constant', 'bug', 'One value in all requests where legacy’s vary.'),
  rule(
    'noise-shifted',
    'bug',
    'Modern’s value is the largest (or smallest) of the three far more often than in a third of the requests, and the distance is more than legacy’s own.',
  ),
  rule('noise-outlier', 'bug', 'Single differences that are many times as large as any of legacy’s own.'),
  rule('noise-counter', 'ask', 'Numbers that only grow on both sides.'),
  rule(
    'noise-alike',
    'harmless',
    'At least three requests whose differences have legacy’s centre, size and tail.',
  ),
  rule(
    'noise-unclear',
    'ask',
    'Too few requests, or too different to be legacy’s noise and too alike to be a shift.',
  ),
  rule('token', 'harmless', 'Tokens of legacy’s length, shape and alphabet, each different.'),
  rule('token-reused', 'bug', 'The same token twice where legacy never gives one twice.'),
  rule('token-of-another-request', 'bug', 'A token that legacy gave for another request.'),
  rule('token-shorter', 'bug', 'Tokens shorter than legacy’s by a quarter.'),
  rule('token-part', 'bug', 'A part that legacy keeps for the request in both runs is another one.'),
  rule('token-once', 'ask', 'A token as legacy’s, in one request alone.'),
  rule('token-other', 'ask', 'Tokens of another shape or alphabet.'),
  rule('token-claims', 'ask', 'Tokens that hold claims in plain text.'),
  rule(
    'choice',
    'harmless',
    'One of a series of names (node-a, node-b), or of legacy’s own few words in at least 20 requests, as often different as legacy’s own.',
  ),
  rule('choice-foreign', 'bug', 'A name that is none of the series.'),
  rule('choice-unknown', 'ask', 'A word that legacy never gives.'),
  rule('varies', 'ask', 'Anything else that legacy does not repeat.'),
];
