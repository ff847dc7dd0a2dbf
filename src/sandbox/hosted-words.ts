export type Language = 'en' | 'uk' | 'ru';
export const languages: readonly Language[] = ['en', 'uk', 'ru'];
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  uk: 'Українська',
  ru: 'Русский',
};

const en = {
  title: 'Payment',
  language: 'Language',
  error: 'Error',
  order: 'Order',
  number: 'Card number',
  expiry: 'Expiry (MM/YY)',
  cvv: 'CVV',
  pay: 'Pay',
  secure: 'Test mode: no money moves',
  badNumber: 'Enter a 16-digit test card number.',
  badExpiry: 'Enter the month and year, such as 12/30.',
  badCvv: 'Enter three digits.',
  unknownCard: 'This is not one of the test cards.',
  testCards: 'Test cards',
  pays: 'pays',
  declines: 'is declined',
  timeLeft: 'Time left to pay',
  lessThanMinute: 'less than a minute',
  unknown: 'There is no such payment',
  unknownText: 'Please go back to the shop and start the payment again.',
  bank: 'Confirm the payment',
  code: 'The code your bank sent you (any digits here)',
  confirm: 'Confirm',
  cancel: 'Cancel',
  choose: 'Choose how this test payment ends',
  done: 'This payment is finished',
  expired: 'The time for this payment has run out',
  back: 'Return to the shop',
  processed: 'Paid',
  process_failed: 'Declined',
  process_pending: 'Still pending',
  verified: 'Verified',
  verify_failed: 'Not verified',
};
export type HostedWords = Readonly<Record<keyof typeof en, string>>;

const uk: HostedWords = {
  title: 'Оплата',
  language: 'Мова',
  error: 'Помилка',
  order: 'Замовлення',
  number: 'Номер картки',
  expiry: 'Строк дії (ММ/РР)',
  cvv: 'CVV',
  pay: 'Сплатити',
  secure: 'Тестовий режим: гроші не списуються',
  badNumber: 'Введіть номер тестової картки з 16 цифр.',
  badExpiry: 'Введіть місяць і рік, наприклад 12/30.',
  badCvv: 'Введіть три цифри.',
  unknownCard: 'Це не одна з тестових карток.',
  testCards: 'Тестові картки',
  pays: 'сплачує',
  declines: 'відхиляється',
  timeLeft: 'Залишилося часу на оплату',
  lessThanMinute: 'менше хвилини',
  unknown: 'Такого платежу немає',
  unknownText: 'Поверніться до магазину й почніть оплату ще раз.',
  bank: 'Підтвердьте платіж',
  code: 'Код від вашого банку (тут будь-які цифри)',
  confirm: 'Підтвердити',
  cancel: 'Скасувати',
  choose: 'Оберіть, чим завершиться тестовий платіж',
  done: 'Цей платіж завершено',
  expired: 'Час на оплату минув',
  back: 'Повернутися до магазину',
  processed: 'Сплачено',
  process_failed: 'Відхилено',
  process_pending: 'Ще обробляється',
  verified: 'Перевірено',
  verify_failed: 'Не перевірено',
};

const ru: HostedWords = {
  title: 'Оплата',
  language: 'Язык',
  error: 'Ошибка',
  order: 'Заказ',
  number: 'Номер карты',
  expiry: 'Срок действия (ММ/ГГ)',
  cvv: 'CVV',
  pay: 'Оплатить',
  secure: 'Тестовый режим: деньги не списываются',
  badNumber: 'Введите номер тестовой карты из 16 цифр.',
  badExpiry: 'Введите месяц и год, например 12/30.',
  badCvv: 'Введите три цифры.',
  unknownCard: 'Это не одна из тестовых карт.',
  testCards: 'Тестовые карты',
  pays: 'оплачивает',
  declines: 'отклоняется',
  timeLeft: 'Осталось времени на оплату',
  lessThanMinute: 'меньше минуты',
  unknown: 'Такого платежа нет',
  unknownText: 'Вернитесь в магазин и начните оплату ещё раз.',
  bank: 'Подтвердите платёж',
  code: 'Код от вашего банка (здесь любые цифры)',
  confirm: 'Подтвердить',
  cancel: 'Отменить',
  choose: 'Выберите, чем завершится тестовый платёж',
  done: 'Этот платёж завершён',
  expired: 'Время на оплату истекло',
  back: 'Вернуться в магазин',
  processed: 'Оплачено',
  process_failed: 'Отклонено',
  process_pending: 'Ещё обрабатывается',
  verified: 'Проверено',
  verify_failed: 'Не проверено',
};

export const hostedWords: Readonly<Record<Language, HostedWords>> = { en, uk, ru };

/** The language asked for, the invoice's, the browser's, else English. */
export function languageOf(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = languages.find((language) => wish?.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'en';
}
