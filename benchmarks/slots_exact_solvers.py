"""HiGHS and CP-SAT: each is given the same model, one aim after the other, on one thread, and asked for proof."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.slots_exact_model import Model, Row, Terms
from scheduler.slots.team import Answer

_SEED = 1
_WITHIN_ONE = 0.999  # every aim is a whole number: a bound nearer than one is proof


@dataclass(frozen=True)
class Outcome:
    """What a solver found: its answer, the most that the last aim can be, whether that is proven, and seconds."""

    answer: Answer
    bound: float
    proven: bool
    seconds: float


@dataclass(frozen=True)
class _Step:
    """What one aim came to."""

    value: int
    bound: float
    proven: bool
    values: Sequence[float]


_Solve = Callable[[Model, Sequence[Row], Terms, float], _Step]


def with_highs(model: Model, requests: int, limit: float) -> Outcome:
    """Return the best answer as HiGHS proves it, within so many seconds an aim."""
    return _aim_by_aim(model, requests, limit, _highs)


def with_cp_sat(model: Model, requests: int, limit: float) -> Outcome:
    """Return the best answer as CP-SAT proves it, within so many seconds an aim."""
    return _aim_by_aim(model, requests, limit, _cp_sat)


def _aim_by_aim(model: Model, requests: int, limit: float, solve: _Solve) -> Outcome:
    """Solve for the first aim, hold what it came to, and go on; an aim that cannot vary any more is not solved for."""
    begin = time.perf_counter()
    *first, last = model.aims
    held: list[Row] = []
    proven = True
    for aim in first:
        if held and held[0].low == requests:
            break  # everybody has a time, so how urgent they are is settled
        step = solve(model, held, aim, limit)
        proven = proven and step.proven
        held.append(Row(aim, step.value, None))
    step = solve(model, held, last, limit)
    return Outcome(
        answer=model.answer(step.values, requests),
        bound=step.bound,
        proven=proven and step.proven,
        seconds=time.perf_counter() - begin,
    )


def _highs(model: Model, held: Sequence[Row], aim: Terms, limit: float) -> _Step:
    import highspy  # noqa: PLC0415 - whoever has no solver can import this file
    import numpy as np  # noqa: PLC0415 - as above

    rows = [*model.rows, *held]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.upper), len(rows)
    costs = np.zeros(lp.num_col_)
    for var, cost in aim:
        costs[var] += cost
    lp.col_cost_, lp.sense_ = costs, highspy.ObjSense.kMaximize
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.array(model.upper, dtype=float)
    lp.row_lower_ = np.array(
        [-highspy.kHighsInf if row.low is None else row.low for row in rows], dtype=float
    )
    lp.row_upper_ = np.array(
        [highspy.kHighsInf if row.high is None else row.high for row in rows], dtype=float
    )
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in rows)])
    lp.a_matrix_.index_ = np.array([var for row in rows for var, _ in row.terms])
    lp.a_matrix_.value_ = np.array([by for row in rows for _, by in row.terms], dtype=float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[whole] for whole in model.whole]
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its types stop here
    options: dict[str, Any] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": _SEED,
        "time_limit": limit,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": _WITHIN_ONE,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    solver.run()
    info = solver.getInfo()
    return _Step(
        value=round(info.objective_function_value),
        bound=info.mip_dual_bound,
        proven=solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
        values=list(solver.getSolution().col_value),
    )


def _cp_sat(model: Model, held: Sequence[Row], aim: Terms, limit: float) -> _Step:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - as for HiGHS

    program = cp_model.CpModel()
    variables = [program.new_int_var(0, upper, "") for upper in model.upper]

    def total(terms: Terms) -> Any:  # noqa: ANN401 - of a library without types
        return cp_model.LinearExpr.weighted_sum([variables[var] for var, _ in terms], [by for _, by in terms])

    for row in (*model.rows, *held):
        if (
            row.low is None
            and row.high == 1
            and all(by == 1 and model.upper[var] == 1 for var, by in row.terms)
        ):
            program.add_at_most_one(variables[var] for var, _ in row.terms)
            continue
        low = cp_model.INT32_MIN if row.low is None else row.low
        high = cp_model.INT32_MAX if row.high is None else row.high
        program.add_linear_constraint(total(row.terms), low, high)
    program.maximize(total(aim))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = _SEED
    solver.parameters.max_time_in_seconds = limit
    status = solver.solve(program)
    found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return _Step(
        value=round(solver.objective_value) if found else 0,
        bound=solver.best_objective_bound,
        proven=status == cp_model.OPTIMAL,
        values=[solver.value(variable) for variable in variables] if found else [0] * len(variables),
    )
