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
    'Points in time that are no farther from legacy’s than two seconds, or as late as its own second run is (a minute at most).',
  ),
  rule(
    'clock-shifted',
    'bug',
    'Some are more than a minute and ten times as far as legacy’s own second run, all are at one constant distance, or some at quarters of an hour, as a zone is, where legacy’s own are not.',
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
    'Integers of six digits or more, all different, of legacy’s lengths, with runs too far from each other to be a measure, in at least two requests.',
  ),
  rule(
    'noise-last-digit',
    'harmless',
    'Single units of the last digit to both sides in at least four requests, as often as legacy’s own (asked when they are more).',
  ),
  rule(
    'noise-one-sided',
    'bug',
    'Single units of the last digit that go one way, beyond chance and beyond legacy’s own.',
  ),
  rule(
    'noise-biased',
    'bug',
    'Numbers of which legacy’s own two runs are at most ten last digits apart: modern’s are higher (or lower) than either of them by both tests of bias (signs, and a mean of more than a twentieth of the last digit), each by chance once in a million; legacy’s second run shows no bias.',
  ),
  rule('noise-sign', 'bug', 'Negative where legacy’s values are all positive.'),
  rule('noise-constant', 'bug', 'One value in all requests where legacy’s vary.'),
  rule(
    'noise-shifted',
    'bug',
    'Modern’s value is the largest (or smallest) of the three far more often than in a third of the requests, and the distance is more than legacy’s own.',
  ),
  rule('noise-outlier', 'bug', 'Single differences that are many times as large as any of legacy’s own.'),
  rule('noise-coarser', 'ask', 'At least two digits after the point fewer than legacy’s.'),
  rule(
    'noise-timing',
    'ask',
    'As noise-shifted, of how long the system itself took (by the field’s name), less than a hundred times apart: each side measures itself.',
  ),
  rule('noise-counter', 'ask', 'Numbers that only grow on both sides, or only fall.'),
  rule(
    'noise-alike',
    'harmless',
    'At least three requests whose differences have legacy’s centre, spread (neither wider nor narrower, of as many different values) and tail, and whose values have legacy’s steps, signs and ends, also where legacy repeats itself.',
  ),
  rule(
    'noise-unclear',
    'ask',
    'Too few requests, or too different to be legacy’s noise and too alike to be a shift.',
  ),
  rule('token', 'harmless', 'Tokens of legacy’s length, shape and alphabet, each different.'),
  rule('token-reused', 'bug', 'The same token twice where legacy never gives one twice.'),
  rule('token-of-another-request', 'bug', 'A token that legacy gave for another request.'),
  rule(
    'token-claim-changed',
    'bug',
    'A signed token that is made anew in each run, of which a claim that legacy keeps in both runs is another one.',
  ),
  rule(
    'token-zeros-lost',
    'bug',
    'Fewer digits in some requests, where legacy’s figures always have as many.',
  ),
  rule(
    'constant-of-fresh',
    'bug',
    'One and the same text in all requests, where legacy gives another one in each run.',
  ),
  rule('token-shorter', 'bug', 'Tokens shorter than legacy’s by a quarter.'),
  rule(
    'token-filled-up',
    'bug',
    'Tokens that are one character again and again but for seven or fewer, where legacy’s are not.',
  ),
  rule('token-part', 'bug', 'A part that legacy keeps for the request in both runs is another one.'),
  rule('token-once', 'ask', 'A token as legacy’s, in one request alone.'),
  rule('token-other', 'ask', 'Tokens of another shape or alphabet.'),
  rule('token-claims', 'ask', 'Tokens that write claims, a text or a document (JWT, PDF, base64 of a text).'),
  rule(
    'token-figures',
    'ask',
    'Figures with separators or a unit (1.0823/1.0825, 16:48:56), which are no tokens.',
  ),
  rule('token-kept', 'ask', 'Another token in requests in which legacy repeats its own.'),
  rule('token-check-digit', 'bug', 'No check digit where all of legacy’s numbers have one.'),
  rule(
    'token-guessable',
    'ask',
    'Tokens that change what legacy repeats in both runs, share most of their places, are one part twice, or only grow.',
  ),
  rule('new-keys-guessable', 'ask', 'As token-guessable, for integers.'),
  rule('clock-stopped', 'bug', 'One time in all requests where legacy’s go on.'),
  rule(
    'relation-broken',
    'bug',
    'Parts of an answer that each are noise break what all of legacy’s answers keep: an order, an equality, a sum, a product, elements that all differ (asked below ten answers, or where values of different answers keep it nearly as often).',
  ),
  rule(
    'row-of-fresh',
    'bug',
    'Rows that legacy gives in both runs, in whatever order and with members made anew (line ids): one is missing, another one, or as often no more.',
  ),
  rule(
    'counts-to-another',
    'bug',
    'A number that counts to the same element of a list beside it in both of legacy’s runs, however the list is shuffled, counts to another one.',
  ),
  rule(
    'gaps',
    'harmless',
    'A value that comes and goes between legacy’s own runs, is the same whenever it is there, and is missing no more often than legacy’s (two standard deviations), each value that modern lacks given in another request, in at least ten requests of which legacy’s runs disagree in three (asked below).',
  ),
  rule(
    'choice',
    'harmless',
    'One of a series of names (node-a, node-b), or of legacy’s own few words in at least 20 requests, as often different as legacy’s own.',
  ),
  rule('choice-foreign', 'bug', 'A name that is none of the series.'),
  rule(
    'choice-unknown',
    'ask',
    'A word that legacy never gives, or names of pods in place of those of legacy’s machines.',
  ),
  rule('varies', 'ask', 'Anything else that legacy does not repeat.'),
];
