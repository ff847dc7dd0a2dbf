import { refusalOfUnmatchedResolve } from '../../src/domain/unmatched-money/decide-unmatched.ts';
import type { UnmatchedMoney } from '../../src/domain/unmatched-money/unmatched-money.ts';
import type { UnmatchedResolveAction } from '../messages.ts';
import { checkOperator, throwIfRefused } from '../payment/validators.ts';

export function checkUnmatchedResolve(money: UnmatchedMoney, action: UnmatchedResolveAction): void {
  checkOperator(action);
  throwIfRefused(refusalOfUnmatchedResolve(money, action.decision));
}
