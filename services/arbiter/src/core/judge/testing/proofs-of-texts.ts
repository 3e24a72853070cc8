import type { ProofCases } from './proof-cases.ts';

/** Pairs that the proofs of texts and their encodings accept and refuse. */
export const PROOFS_OF_TEXTS: ProofCases = {
  padding: {
    accepts: [[['José           ', 'José']], [['a\r\nb', 'a\nb']], [['1\u00a0EUR x', '1 EUR x']]],
    refuses: [
      [['   12345  ABC', '12345  ABC']],
      [['a b', 'ab']],
      [['a  b', 'a b']],
      [['José', 'José   ']],
      [['a\nb', 'a b']],
    ],
  },
  'unicode-form': {
    accepts: [[['Zürich', 'Zu\u0308rich']]],
    refuses: [[['Zürich', 'Zurich']], [['ﬁn', 'fin']], [['x²', 'x2']]],
  },
  entities: {
    accepts: [
      [['pulse &lt;86', 'pulse <86']],
      [['Müller &amp; Co', 'Müller & Co']],
      [['&#252;', 'ü']],
      [['O&#39;Brien', "O'Brien"]],
      [['a & b <x>', 'a &amp; b &lt;x&gt;']],
    ],
    refuses: [
      [['Müller & Co', 'Müller &amp; Co']],
      [['a & b <x>', 'a & b &lt;x&gt;']],
      [['&#x6A;avascript:alert(1)', 'javascript:alert(1)']],
      [['data&#58;text/html,x', 'data:text/html,x']],
      [['x&quot; onload=alert(1) y', 'x" onload=alert(1) y']],
      [['&lt;b&gt;', '<b>']],
      [['a &lt;b&gt; c', 'a <b> c']],
      [['<a t="&quot;x&quot; onclick=y">', '<a t=""x" onclick=y">']],
      [['a &amp; b', 'a &amp;amp; b']],
      [['a & b', 'a &lt; b']],
    ],
  },
  'code-case': {
    accepts: [
      [['PENDING', 'pending']],
      [
        ['IN_PROGRESS', 'inProgress'],
        ['DONE', 'done'],
      ],
      [['in-transit', 'IN_TRANSIT']],
    ],
    refuses: [
      [['Smith', 'smith']],
      [
        ['smith', 'SMITH'],
        ['jones', 'JONES'],
        ['baker', 'BAKER'],
        ['miller', 'MILLER'],
      ],

      [['bXIXbXfcZYfG', 'bxixbxfczyfg']],
      [
        ['Oehler', 'OEHLER'],
        ['Smith', 'SMITH'],
        ['Jones', 'JONES'],
      ],
      [['AB12CD34', 'ab12cd34']],
      [['XQZKPLMW', 'xqzkplmw']],
      [['ACTIVE', 'inactive']],
      [
        ['Open', 'OPEN'],
        ['open', 'open'],
      ],
    ],
  },
  'bytes-notation': {
    accepts: [
      [['76:2A:76:03:B9:38:ED:42', '762a7603b938ed42']],
      [['DEADBEEF12345678', 'deadbeef12345678']],
      [['FAAOARQAQAE=', [20, 270, 20, 320]]],
      [['FAAOARQAQAE=', [0x14, 0, 14, 1, 20, 0, 64, 1]]],
      [['ab+/cd+/ab+/cd+/', 'ab-_cd-_ab-_cd-_']],
      [['3q2+7xI0Vng=', 'deadbeef12345678']],
    ],
    refuses: [
      [['76:2A:76:03:B9:38:ED:42', '762a7603b938ed43']],
      [['DEADBEEF12345678', 'DEADBEEF12345679']],
      [['FAAOARQAQAE=', [20, 270, 20, 321]]],
      // 16 bits of which the highest is a sign or is not.
      [['FP8O/xT/QP8=', [65300, 65294, 65300, 65344]]],
      [['ABCDEF12', 'abcdef12']],
      [['eZ70zXxg4y/JkLJC', 'EZ70ZXXG4Y/JKLJC']],
    ],
  },
  'url-notation': {
    accepts: [
      [['https://A.com:443/%7Eb?x=1&y=2', 'https://a.com/~b?y=2&x=1']],
      [['https://a.com/?q=a+b', 'https://a.com/?q=a%20b']],
    ],
    refuses: [
      [['https://a.com/x', 'http://a.com/x']],
      [['https://a.com/?tel=+49', 'https://a.com/?tel=%2B49']],
      [['https://a.com/a+b', 'https://a.com/a%20b']],
      [['https://a.com/X', 'https://a.com/x']],
      [['https://a.com/?a=1&a=2', 'https://a.com/?a=2&a=1']],
    ],
  },
  'own-address': {
    accepts: [[['http://legacy.int:8080/api/1', 'https://modern.svc/api/1']]],
    refuses: [
      [['http://pay.prod.internal/x/1', 'http://pay.staging.internal/x/1']],
      [['http://10.2.3.4:8080/x', 'http://localhost:3000/x']],

      [['https://pay.bank.com/1', 'https://sandbox.bank.com/1']],
      [['http://a.int/1', 'http://b.int/2']],
      [['https://a.int/1', 'http://b.int/1']],
      [
        ['http://a.int/1', 'http://b.int/1'],
        ['http://c.int/1', 'http://b.int/1'],
      ],
    ],
  },
  'mask-notation': {
    accepts: [[['**** **** **** 1234', '************1234']]],
    refuses: [
      [['1234****', '****1234']],
      [['**** **** **** 1234', '**** **** **** 1243']],
      [['****1234', '41111111111111234']],
    ],
  },
  'percent-encoding': {
    accepts: [[['M%C3%BCller', 'Müller']]],
    refuses: [
      [['a%2Fb/c', 'a/b/c']],
      [['%3Cscript%3E', '<script>']],
      [['a%0D%0Ab', 'a\r\nb']],
      [['Müller', 'M%C3%BCller']],
      [['a%2520b', 'a b']],
    ],
  },
  'lines-joined': {
    accepts: [
      [[['Applicant appeared', 'without the deed'], 'Applicant appeared without the deed']],
      [
        [
          ['PAYOUT BLOCKED BY COURT ORDER U', 'NTIL FURTHER NOTICE            '],
          'PAYOUT BLOCKED BY COURT ORDER UNTIL FURTHER NOTICE',
        ],
      ],
    ],
    refuses: [
      [[['Applicant appeared', 'without the deed'], 'Applicant appearedwithout the deed']],
      [[['Applicant appeared', 'without the deed'], 'without the deed Applicant appeared']],
      [[['Applicant appeared', 'without the deed', 'at noon'], 'Applicant appeared without the deed']],
      [[['A', 'B C'], 'A B C']],
    ],
  },
  'mime-words': {
    accepts: [
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Müller']],
      [['=?utf-8?B?w4VuZ3N0csO2bQ==?=', 'Ångström']],
      [['=?UTF-8?Q?Invoice?= =?UTF-8?Q?_April?=', 'Invoice April']],
    ],
    refuses: [
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Mller']],
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Muller']],
      [['=?no-such-set?Q?Lars?=', 'Lars']],
      [['=?UTF-8?Q?M=FCller?=', 'M\ufffdller']],
    ],
  },
  'xml-text': {
    accepts: [
      [['<a xmlns="urn:x"><b c="1">2</b></a>', "<p:a xmlns:p='urn:x'>\n  <p:b c='1'>2</p:b>\n</p:a>"]],
      [['<a x="1" y="2"/>', "<a y='2' x='1'></a>"]],
      [['<a><b>1</b></a>', '<a>\n  <b>1</b>\n</a>']],
    ],
    refuses: [
      [['<a xmlns="urn:x"><b>1</b></a>', "<p:a xmlns:p='urn:y'><p:b>1</p:b></p:a>"]],
      [['<a xmlns="urn:x"><b>1</b></a>', "<p:a xmlns:p='urn:x'><b>1</b></p:a>"]],
      [['<a xmlns="urn:x"><b t="p:c">1</b></a>', "<p:a xmlns:p='urn:x'><p:b t='p:c'>1</p:b></p:a>"]],
      [['<a b=1>x</a>', '<a b=2>x</a>']],
      [['<a disabled>x</a>', '<a>x</a>']],
      [['<p>10 <b>0</b></p>', '<p>10<b>0</b></p>']],

      [['<a><b>1</b></a>', '<a><b>2</b></a>']],
      [['<a/><b/>', '<b/><a/>']],
      [['<a><b/><c/></a>', '<a><c/><b/></a>']],
      [['<p><b>10</b> <b>000</b></p>', '<p><b>10</b><b>000</b></p>']],
    ],
  },
  'json-text': {
    accepts: [[['{"a": 7, "b": "x"}', '{"b":"x","a":7}']], [['[1, 2]', [1, 2]]]],
    refuses: [[['{"a":7}', '{"a":8}']], [[{ a: 7 }, '{"a":7}']], [['[1,2]', '[2,1]']]],
  },
  'text-to-list': {
    accepts: [
      [['1766.86|4160.54', [1766.86, 4160.54]]],
      [['SUL|IOD', ['SUL', 'IOD']]],
      [['read; write', ['read', 'write']]],
    ],
    refuses: [
      [['Washington, George', ['Washington', 'George']]],
      [['Smith, J, Lee, K', ['Smith', 'J', 'Lee', 'K']]],
      [['New York', ['New', 'York']]],
      [['1,5', [1, 5]]],
      [['a;"b;c"', ['a', '"b', 'c"']]],
      [['05/03/2024', ['05', '03', '2024']]],
      [['1766.86|4160.54', [1766.86]]],
      [['NYY', [true, true, false]]],
      [['A B C', ['A', 'B C']]],
    ],
  },
};
