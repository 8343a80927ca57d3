import { describe, expect, it } from 'vitest';
import { accessibility } from './accessibility.ts';
import { type Assessment, assess, maxAnswerLength } from './assessment.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { assessments } from './registry.ts';

const good: readonly [Assessment, string][] = [
  [
    javascript,
    "function longestWord(words) {\n  let longest = ''; // none yet\n  for (const word of words) if (word.length > longest.length) longest = word;\n  return longest;\n}",
  ],
  [javascript, "const longestWord = (words) => words.reduce((a, b) => (b.length > a.length ? b : a), '');"],
  [
    javascript,
    "const longestWord = function (words = []) { return words.toSorted((a, b) => b.length - a.length)[0] ?? ''; };",
  ],
  [php, '<?php\necho "<p>Hello " . htmlspecialchars($_GET["name"] ?? "stranger") . "</p>";'],
  [
    php,
    "<?php\n$name = isset($_GET['name']) ? $_GET['name'] : 'stranger'; # from the address\n$safe = htmlspecialchars($name, ENT_QUOTES);\necho \"<p>Hello $safe</p>\";",
  ],
  [php, '<p>Hello <?= htmlspecialchars($_GET["name"] ?? "stranger") ?></p>'],
  [
    accessibility,
    '<h1>Summer school</h1><h2>Sign up</h2><img src="students.jpg" alt="Four students at one table"><label for="mail">E-mail</label> <input id="mail" name="email"><button>Send</button>',
  ],
  [
    accessibility,
    '<h1>Summer school</h1><h2>Sign up</h2><img alt=\'Students\' src=students.jpg><label>E-mail <input name="email"></label><input type="submit" value="Send">',
  ],
];

const bad: readonly [Assessment, string, RegExp][] = [
  [javascript, 'function longestWord(words) { return words[0];', /closing } is missing/],
  [javascript, "function longestWord(words) { return 'abc }", /never closed/],
  [javascript, 'function longest(words) { return words; }', /No function with the name/],
  [javascript, 'function longestWord(words, other) { return words; }', /2 parameters/],
  [javascript, "const longestWord = () => '';", /0 parameters/],
  [
    javascript,
    "function longestWord(w) { var l = ''; for (const x of w) if (x.length > l.length) l = x; return l; }",
    /var is visible/,
  ],
  [javascript, "const longestWord = (w) => 'return for length length < '", /Nothing goes through/],
  [php, php.starter, /htmlspecialchars turns markup/],
  [php, '<?php echo htmlspecialchars("x") . ($_GET["name"] ?? "stranger");', /as it came/],
  [php, '<?php $n = $_GET["name"] ?? "stranger"; htmlspecialchars($n); echo "Hello $n";', /as it came/],
  [php, '<?php echo htmlspecialchars($_GET["name"]);', /whether there is a name/],
  [php, 'echo htmlspecialchars($_GET["name"] ?? "stranger");', /begin with/],
  [php, '<?php echo "Hello stranger" ?? htmlspecialchars("you");', /no longer read/],
  [accessibility, accessibility.starter, /no alt text/],
  [
    accessibility,
    '<h1>A</h1><h2>B</h2><img alt="Four students"><input name="email"><button>Send</button>',
    /no label/,
  ],
  [accessibility, '<h1>A</h1><h2>B</h2><img alt="Four students"><button></button>', /gone/],
  [
    accessibility,
    '<h1>A</h1><h2>B</h2><label>E-mail <input></label><img alt="Students"><button></button>',
    /no name/,
  ],
  [accessibility, '<h1>A<h2>B</h2>', /never closed/],
];

describe('assessments', () => {
  it.each(good)('passes a good answer: %#', (assessment, answer) => {
    expect(assess(assessment, answer)).toMatchObject({ passed: true });
  });

  it.each(bad)('says why an answer falls short: %#', (assessment, answer, why) => {
    const result = assess(assessment, answer);
    expect(result.passed).toBe(false);
    expect(result.findings.map((finding) => finding.why ?? '').join('\n')).toMatch(why);
  });

  it.each(assessments)('does not pass what the field holds at first: $slug', (assessment) => {
    expect(assess(assessment, assessment.starter).passed).toBe(false);
    expect(assess(assessment, '').passed).toBe(false);
  });

  it('looks at answers up to the limit and not beyond', () => {
    const answer = good[0]?.[1] ?? '';
    expect(assess(javascript, answer.padEnd(maxAnswerLength)).passed).toBe(true);
    expect(assess(javascript, answer.padEnd(maxAnswerLength + 1)).passed).toBe(false);
  });
});
