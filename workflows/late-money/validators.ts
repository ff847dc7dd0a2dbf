import { refusalOfLateResolve } from '../../src/domain/late-money/decide-late.ts';
import type { LateMoney } from '../../src/domain/late-money/late-money.ts';
import type { LateResolveAction } from '../messages.ts';
import { checkOperator, refuse } from '../payment/validators.ts';

export function checkLateResolve(money: LateMoney, action: LateResolveAction): void {
  checkOperator(action);
  refuse(refusalOfLateResolve(money, action.decision));
}
