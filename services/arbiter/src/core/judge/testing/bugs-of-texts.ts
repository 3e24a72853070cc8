import { raw } from '../../../testing/episodes.ts';
import { type Episodes, many } from './rows.ts';

/** Episodes that bug rules must name: texts, and values that are lost or made up. */
export const BUGS_OF_TEXTS: Episodes = {
  'messages-crossed': [
    [
      ['Daily limit exceeded', 'You have exceeded your daily limit.'],
      ['Account is blocked', 'This account has been blocked.'],
      ['Card has expired', 'Your card is expired.'],
      ['Insufficient funds', 'The recipient could not be found.'],
      ['Recipient not found', 'There are not sufficient funds.'],
    ],
  ],
  'name-marred': [
    [
      ['Ann Fox', 'Ann Fox'],
      ["Pat O'Brien", 'Pat OBrien'],
    ],
    [
      ['Ann Fox', 'Ann Fox'],
      ['Ronald McDonald', 'Ronald Mcdonald'],
    ],
  ],
  'key-shown': [
    [
      ['Ready for collection', 'order.status.ready'],
      ['Shipped', 'order.status.shipped'],
    ],
    [
      ['Dear Ann Fox', '???greeting.formal???'],
      ['Dear Bob Lee', 'Dear Bob Lee'],
    ],
  ],
  'language-changed': [
    [
      ['Vielen Dank für Ihre Bestellung.', 'Thank you for your order.'],
      ['Die Sitzung ist abgelaufen.', 'The session has expired.'],
    ],
  ],
  'pairs-moved': [
    [
      [
        'CTX:S AMP:R',
        [
          { drug: 'CTX', result: 'susceptible' },
          { drug: 'AMP', result: 'resistant' },
        ],
      ],
      [
        'CTX:R AMP:S',
        [
          { drug: 'CTX', result: 'susceptible' },
          { drug: 'AMP', result: 'resistant' },
        ],
      ],
    ],
  ],
  'point-read-twice': [
    [
      ['3.120 t', 3120],
      ['8.450 t', 8.45],
    ],
  ],
  'secret-added': [[[undefined, '$2b$12$abcdefghijklmnopqrstuuKq3dQWJ0v1b2c3d4e5f6g7h8i9j0k1l2']]],
  'words-glued': [
    [['Ring twice<br />\nThank you', 'Ring twiceThank you']],
    [['Call before visit  Anna', 'Callbefore visit Anna']],
  ],
  'words-crossed': [
    [
      ...many(2, (i) => [{ rate: `${i}.25`, per: 'YEAR', fixed: true }, `${i}.25 % p.a.`]),
      ...many(3, (i) => [{ rate: `${i}.50`, per: 'MONTH', fixed: true }, `${i}.50 % p.m.`]),
      ...many(1, () => [{ rate: '7.75', per: 'YEAR', fixed: true }, '7.75 % p.m.']),
      ...many(1, () => [{ rate: '8.75', per: 'YEAR', fixed: true }, '8.75 % p.a.']),
    ],
  ],
  'value-lost': [
    [['payment', null]],
    [
      ['a', 'a'],
      ['b', undefined],
    ],
    [[[1], []]],
  ],
  'markup-changed': [[['<a><b>1</b></a>', '<a><b>2</b></a>']]],
  'default-put': [
    [['Bob', 'undefined']],
    [['2024-01-01', '1970-01-01']],
    [[raw('12.5'), 0]],
    [['0000-00-00', '1970-01-01']],
  ],
  'value-made-up': [
    [
      [null, 'CHECKING'],
      ['SAVINGS', 'SAVINGS'],
    ],
  ],
  'words-lost': [[['LARS IVAN TANAKA', 'Lars Tanaka']]],
  mojibake: [
    [['Müller', 'MÃ¼ller']],
    [['Müller', 'M?ller']],
    [['Müller', 'Muller']],
    [['Müller', 'M\ufffdller']],
  ],
  'escaped-twice': [[['a &amp; b', 'a &amp;amp; b']], [["O'Brien", "O''Brien"]], [['a+b', 'a b']]],
  'text-cut': [
    [['4 Baker Street', 'Baker Street']],
    [['reversal order café account', 'reversal o']],
    [['John Paul Smith', 'John Smith']],
  ],
  'text-of-another-request': [
    [
      ['São Zürich', 'fee plan'],
      ['fee plan', 'fee plan'],
    ],
  ],
  collapsed: [
    [
      ['EUR account', 'misc'],
      ['CHF account', 'misc'],
    ],
  ],
  unstable: [
    [
      ['settled item', 'settled item'],
      ['settled item', 'open matter'],
    ],
  ],
  'placeholder-left': [
    [['Dear Sam, your invoice', 'Dear {{firstName}}, your invoice']],
    [['Hello Ann, welcome', 'Hello %s, welcome']],
    [['', 'Test']],
  ],
  'internals-shown': [[['Unknown customer', "TypeError: Cannot read properties of null (reading 'iban')"]]],
  'word-doubled': [[['Silva, Maria', 'Silva Silva']]],
  'url-changed': [
    [['https://a.com/x', 'http://a.com/x']],
    [['https://a.com/x?id=5', 'https://a.com/x?id=6']],
    [['https://a.com/orders/7944438', '/orders/4727451']],
    [['https://old.com/documents/654040503', 'https://new.com/documents/475966570']],
  ],
  'number-in-text': [[['Your fee is 51.79 EUR', 'Your fee is 0.00 EUR']], [['52.52,13.40', '13.40,52.52']]],
  'kind-changed': [[[1200, 'twelve hundred']]],
  'quoting-lost': [[['7;"Silva; Sons";1', '7;Silva; Sons;1']], [["NAD+O?'Hara'QTY+1'", "NAD+O'Hara'QTY+1'"]]],
  'cells-moved': [[['PATEL^LARS^^^MRS', 'PATEL^LARS^MRS']]],
  'number-in-words': [[['thirty-eight thousand and four', 'Thirty Eight Thousand and Five']]],
  'negation-changed': [[['The account is not blocked today', 'The account is blocked today']]],
  'parts-lost': [
    [['k=1a; Path=/; Secure', 'Path=/; k=1a']],
    [['Path=/; Max-Age=9900; Secure', 'Secure; Path=/; Max-Age=990']],
    [
      ['read write list', 'write read list'],
      ['write read list', 'admin list read write'],
    ],
  ],
};
