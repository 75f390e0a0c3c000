/* page.js: says in three languages what seal.js found. All text from a receipt is set as text. */
'use strict';

const words = {
  'zh-Hant': {
    title: '核實收據', genuine: '真確', 'genuine-meaning': '本收據由以下櫃檯發出，內容未經更改。',
    malformed: '這不是本中心的收據', tampered: '內容與簽章不符', 'unknown-key': '簽章的密鑰不在公佈名單內',
    revoked: '簽章的密鑰在發出前已被撤銷', 'not-yet-valid': '簽章的密鑰當時尚未生效', expired: '簽章的密鑰當時已過期',
    future: '收據的發出時間在將來', 'no-keys': '沒有可用的密鑰名單', unsupported: '此瀏覽器不能核實簽章',
    'refused-meaning': '請勿接受本收據。如有疑問，請攜同收據到任何櫃檯查詢。',
    'no-keys-meaning': '本頁暫時不能核實收據，這並不表示收據有問題。請攜同收據到任何櫃檯查詢。',
    'unsupported-meaning': '請更新瀏覽器，或攜同收據到任何櫃檯查詢。',
    receipt: '收據編號', counter: '櫃檯', time: '發出時間', applications: '申請編號', fee: '費用', pickUp: '領取日期',
    branch: (branch, counter) => `${branch} 號分處，${counter} 號櫃檯`, count: (n) => `${n} 宗申請`,
    note: '簽章證明收據的來源，並非合格電子簽名。申請進度以系統記錄為準。', money: (sum) => `澳門元 ${sum}`,
  },
  pt: {
    title: 'Verificar recibo', genuine: 'Autêntico',
    'genuine-meaning': 'Este recibo foi emitido no balcão indicado e não foi alterado.',
    malformed: 'Isto não é um recibo nosso', tampered: 'O conteúdo não corresponde ao selo',
    'unknown-key': 'A chave do selo não consta da lista publicada', revoked: 'A chave do selo tinha sido revogada antes da emissão',
    'not-yet-valid': 'A chave do selo ainda não era válida', expired: 'A chave do selo já não era válida',
    future: 'O recibo tem data de emissão no futuro', 'no-keys': 'Não há lista de chaves disponível',
    unsupported: 'Este navegador não consegue verificar o selo',
    'refused-meaning': 'Não aceite este recibo. Em caso de dúvida, apresente-o em qualquer balcão.',
    'no-keys-meaning': 'Esta página não pode verificar recibos neste momento; nada diz contra o recibo. Apresente-o em qualquer balcão.',
    'unsupported-meaning': 'Actualize o navegador ou apresente o recibo em qualquer balcão.',
    receipt: 'N.º do recibo', counter: 'Balcão', time: 'Emitido em', applications: 'Pedidos', fee: 'Taxas', pickUp: 'Levantamento',
    branch: (branch, counter) => `Posto ${branch}, balcão ${counter}`, count: (n) => `${n} pedidos`,
    note: 'O selo comprova a origem do recibo; não é uma assinatura eletrónica qualificada. O estado do pedido é o que consta do sistema.',
    money: (sum) => `MOP ${sum}`,
  },
  en: {
    title: 'Verify a receipt', genuine: 'Genuine', 'genuine-meaning': 'This receipt was issued at the counter below and has not been changed.',
    malformed: 'This is not one of our receipts', tampered: 'What it says does not fit its seal',
    'unknown-key': 'The key of the seal is not in the published list', revoked: 'The key of the seal had been revoked before it was issued',
    'not-yet-valid': 'The key of the seal was not valid yet', expired: 'The key of the seal was not valid any more',
    future: 'The receipt says that it was issued in the future', 'no-keys': 'There is no list of keys',
    unsupported: 'This browser cannot check the seal',
    'refused-meaning': 'Do not accept this receipt. If in doubt, bring it to any counter.',
    'no-keys-meaning': 'This page cannot check receipts at the moment, which says nothing against the receipt. Bring it to any counter.',
    'unsupported-meaning': 'Update the browser, or bring the receipt to any counter.',
    receipt: 'Receipt no.', counter: 'Counter', time: 'Issued', applications: 'Applications', fee: 'Fees', pickUp: 'Pick-up from',
    branch: (branch, counter) => `Branch ${branch}, counter ${counter}`, count: (n) => `${n} applications`,
    note: 'The seal shows where the receipt comes from; it is no qualified electronic signature. The state of an application is what the system records.',
    money: (sum) => `MOP ${sum}`,
  },
};

const element = (id) => document.getElementById(id);
let found = { verdict: 'malformed', claim: null };

function dateOf(language, seconds, withTime) {
  const options = withTime ? { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Macau' } : { dateStyle: 'long', timeZone: 'UTC' };
  const locale = { 'zh-Hant': 'zh-HK', pt: 'pt-PT', en: 'en-GB' }[language];
  return new Intl.DateTimeFormat(locale, options).format(new Date(seconds * 1000));
}

function addLine(label, value) {
  const term = document.createElement('dt'), description = document.createElement('dd');
  term.textContent = label;
  description.textContent = value;
  element('claim').append(term, description);
}

function showClaim(language, claim) {
  const say = words[language];
  const sum = (claim.fee / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  element('claim').replaceChildren();
  addLine(say.receipt, claim.receipt);
  addLine(say.counter, say.branch(claim.branch, claim.counter));
  addLine(say.time, dateOf(language, claim.time, true));
  addLine(say.applications, claim.applications.numbers === null ? say.count(claim.applications.count) : claim.applications.numbers.join(' · '));
  addLine(say.fee, say.money(sum));
  if (claim.pickUp > 0) addLine(say.pickUp, dateOf(language, claim.pickUp * 86400, false));
}

function show(language) {
  const say = words[language];
  const meaning = { genuine: 'genuine-meaning', unsupported: 'unsupported-meaning', 'no-keys': 'no-keys-meaning' }[found.verdict] ?? 'refused-meaning';
  document.documentElement.lang = language;
  document.title = say.title;
  element('title').textContent = say.title;
  element('verdict').textContent = say[found.verdict];
  element('verdict').dataset.verdict = found.verdict;
  element('meaning').textContent = say[meaning];
  element('note').textContent = say.note;
  element('claim').hidden = found.claim === null;
  if (found.claim !== null) showClaim(language, found.claim);
  for (const button of document.querySelectorAll('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
}

async function check() {
  if (!janelaSeal.isSupported()) return { verdict: 'unsupported', claim: null };
  try {
    const published = typeof janelaKeys === 'undefined' ? undefined : janelaKeys;
    const claim = await janelaSeal.verify(`https://here/r${location.hash}`, published, Date.now() / 1000);
    return { verdict: 'genuine', claim };
  } catch (error) {
    return { verdict: error instanceof janelaSeal.Refusal ? error.reason : 'malformed', claim: null };
  }
}

function firstLanguage() {
  for (const wanted of navigator.languages) {
    if (wanted.startsWith('zh')) return 'zh-Hant';
    if (wanted.startsWith('pt')) return 'pt';
    if (wanted.startsWith('en')) return 'en';
  }
  return 'zh-Hant';
}

async function start() {
  found = await check();
  show(document.documentElement.dataset.chosen ?? firstLanguage());
}

for (const button of document.querySelectorAll('[data-language]'))
  button.addEventListener('click', () => {
    document.documentElement.dataset.chosen = button.dataset.language;
    show(button.dataset.language);
  });
addEventListener('hashchange', start);
start();
