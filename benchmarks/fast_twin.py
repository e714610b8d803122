"""The twin in its fastest fair form: still a Mesa model with an object for each teacher and each school.

Schools act in order (`do`); a school goes through its staff twice in a half-year, and schools don't touch each other, so each
lives its half-year in one go; a successor overwrites the leaver's fields; constants are computed once a year; fields are slots
(Mesa's own base class keeps a dictionary beside them).
"""

from __future__ import annotations

from math import sqrt

import mesa

from benchmarks.twin import LEAVES, SCHOOL_TRAITS, TEACHER_TRAITS, Twin, rows
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.parameters.registry import Parameters
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.practice import fading_share
from sim.state import State
from sim.state.schools import Schools, Teachers


class Constants:
    """A year's parameters, and what follows from them alone, as plain numbers."""

    def __init__(self, p: Parameters) -> None:
        t, c, s, a, r = p[Turnover], p[Classroom], p[Society], p[Load], p[Results]
        self.exit = (t.teacher_exit_central, t.teacher_exit_middle, t.teacher_exit_remote)
        self.fatigue_factor = t.fatigue_factor
        self.early_years, self.early_factor = t.early_years, t.early_factor
        self.settled_from, self.settled_to, self.settled_factor = (
            t.settled_from,
            t.settled_to,
            t.settled_factor,
        )
        self.retirement_from, self.retirement_chance = t.retirement_from, t.retirement_chance
        self.last_age = t.retirement_latest - 1
        self.old = min(t.retirement_from, self.last_age)
        self.newcomer_share, self.unqualified_mean = t.newcomer_share, s.unqualified_mean
        self.successor_experience, self.unqualified_gap = s.successor_experience * 2, s.unqualified_gap
        education = s.unqualified_gap**2 * s.unqualified_mean * (1 - s.unqualified_mean)
        self.spread = s.teacher_sd * sqrt(1 - s.practice_school_share - education)
        self.age_at_start, self.age_spread = s.age_at_start, s.age_spread
        self.novice_gap, self.ownership_start = c.novice_gap, c.ownership_start
        self.principal_exit = (
            t.principal_exit,
            t.principal_exit,
            t.principal_exit * t.principal_remote_factor,
        )
        self.leadership_mean, self.leadership_sd = s.leadership_mean, s.leadership_sd
        self.unshaken = 1 - c.new_principal_shakes
        self.fatigue_base, self.fatigue_per_overload = a.fatigue_base, a.fatigue_per_overload
        self.fatigue_pace = a.fatigue_follows / 2
        self.ownership_pace = c.ownership_follows / 2
        self.fatigue_weight, self.peer_pull, self.upkeep_saves = (
            c.fatigue_weight,
            c.peer_pull,
            c.upkeep_saves,
        )
        self.by_taking_part, self.by_ownership = (
            1 - c.ownership_weight,
            c.ownership_weight / c.usual_ownership,
        )
        self.fades = fading_share(c.half_life)
        self.community = (c.community_base, c.community_leadership, c.community_turnover, c.community_work)
        self.community_pace = c.community_follows / 2
        self.turnover_points = r.national_sd * r.turnover_cost
        self.weak_turnover_points = self.turnover_points * r.turnover_weak_factor
        self.usual_turnover, self.principal_years = r.usual_turnover, r.principal_change_years
        self.principal_points = r.national_sd * r.principal_change_cost
        self.practice_points = r.national_sd * r.practice_to_pupils
        self.results_pace = r.results_follow / 2


class FastTeacher(mesa.Agent):
    """A post and its holder; what happens to it is written in the school's loops."""

    __slots__ = ("age", "baseline", "experience", "ownership", "post", "practice", "qualified", "tenure")

    def __init__(self, model: FastTwin, post: int, *, qualified: bool, **traits: float) -> None:
        super().__init__(model)
        self.post = post
        self.qualified = qualified
        self.age = traits["age"]
        self.experience = traits["experience"]
        self.tenure = traits["tenure"]
        self.baseline = traits["baseline"]
        self.practice = traits["practice"]
        self.ownership = traits["ownership"]


class FastSchool(mesa.Agent):
    """A school and its staff room; schools don't touch each other, so each lives its half-year in one go."""

    __slots__ = (
        "community", "fatigue", "leadership", "norm", "practice", "principal_tenure", "row", "staff", "taught",
        "teacher_turnover",
    )  # fmt: skip
    model: FastTwin

    def __init__(self, model: FastTwin, row: int, **traits: float) -> None:
        super().__init__(model)
        self.row = row
        self.staff: list[FastTeacher] = []
        self.fatigue = traits["fatigue"]
        self.community = traits["community"]
        self.leadership = traits["leadership"]
        self.principal_tenure = traits["principal_tenure"]
        self.teacher_turnover = traits["teacher_turnover"]
        self.taught = traits["taught"]
        self.practice = traits["practice"]
        self.norm = traits["norm"]

    def autumn(self) -> None:
        """New staff, then half a year of work."""
        self.change_teachers()
        self.change_principal()
        self.spring()

    def change_teachers(self) -> None:
        """Teachers leave; all others are a year older."""
        k, leaving = self.model.k, self.model.luck.leaving
        base = k.exit[self.model.now.centrality[self.row]] * (1 + k.fatigue_factor * self.fatigue)
        early_years, settled_from, settled_to, old = k.early_years, k.settled_from, k.settled_to, k.old
        staff, change = self.staff, self.model.now.posts_change[self.row]
        for t in staff:
            experience, age = t.experience, t.age
            factor = k.early_factor if experience <= early_years else 1.0
            if settled_from <= experience <= settled_to:
                factor += k.settled_factor - 1
            chance = base * factor
            if age >= old:
                chance = 1.0 if age >= k.last_age else max(chance, k.retirement_chance)
            if leaving(t.post) < chance:
                t.tenure = LEAVES
            else:
                t.age = age + 1
                t.experience = experience + 1
                t.tenure += 1
        for _ in range(-change):
            self.close()
        for _ in range(change):
            nobody = dict.fromkeys(TEACHER_TRAITS, LEAVES)
            qualified = bool(nobody.pop("qualified"))
            staff.append(FastTeacher(self.model, staff[-1].post + 1, qualified=qualified, **nobody))
        new = [t for t in staff if t.tenure < 0]
        for t in new:
            self.fill(t)
        self.teacher_turnover = len(new) / len(staff)

    def close(self) -> None:
        """A post goes: one whose holder leaves, or that of whoever came last; the holder of the last post takes it over."""
        gone = min(self.staff, key=lambda t: (t.tenure, -t.post))
        last = self.staff.pop()
        if gone is not last:
            last.post = gone.post
            self.staff[self.staff.index(gone)] = last
        gone.remove()

    def fill(self, t: FastTeacher) -> None:
        """A successor takes the leaver's place."""
        k, unqualified = self.model.k, self.model.now.unqualified[self.row]
        u_new, u_experience, u_education, z = self.model.luck.successor(t.post)
        new = u_new < k.newcomer_share
        t.experience = 0.0 if new else k.successor_experience * u_experience
        t.age = min(k.age_at_start + t.experience + k.age_spread * u_experience, k.retirement_from - 1)
        t.tenure = 0.0
        t.qualified = u_education >= unqualified
        t.baseline = self.norm + k.unqualified_gap * (k.unqualified_mean - (not t.qualified)) + k.spread * z
        t.practice = t.baseline - k.novice_gap if new else t.baseline
        t.ownership = k.ownership_start

    def change_principal(self) -> None:
        """The principal may be another."""
        k, luck = self.model.k, self.model.luck
        if luck.principal_leaving(self.row) < k.principal_exit[self.model.now.centrality[self.row]]:
            self.principal_tenure = 0.0
            self.leadership = min(
                max(k.leadership_mean + k.leadership_sd * luck.principal(self.row), 0.0), 1.0
            )
            self.community *= k.unshaken
        else:
            self.principal_tenure += 1

    def spring(self) -> None:
        """Half a year of work: tire, own and learn, share and fade, grow together, teach."""
        k, now, row, staff = self.model.k, self.model.now, self.row, self.staff
        tiredness = min(k.fatigue_base + k.fatigue_per_overload * max(now.load[row] - 1, 0), 1.0)
        self.fatigue += k.fatigue_pace * (tiredness - self.fatigue)
        self.community += now.lift[row]
        self.fatigue += now.tired[row]
        self.leadership += now.led[row]
        involvement, learning = now.involvement[row], now.learning[row]
        target, pace = max(involvement if learning > 0 else 0.0, k.ownership_start), k.ownership_pace
        offered = learning * (1 - k.fatigue_weight * self.fatigue)
        by_taking_part, by_ownership = offered * k.by_taking_part, offered * k.by_ownership

        for t in staff if row in now.single else ():
            t.practice += now.single[row].get(t.post, 0.0)
        changes = []
        for t in staff:
            ownership = t.ownership
            ownership += pace * (target - ownership)
            t.ownership = ownership
            changes.append(t.practice - t.baseline + by_taking_part + by_ownership * ownership)

        pull = k.peer_pull * self.community
        drawn, own = pull * sum(changes) / len(staff), 1 - pull
        loss_left, gain_left = 1 - k.fades, 1 - k.fades * (1 - k.upkeep_saves * now.upkeep[row])
        total = 0.0
        for t, change in zip(staff, changes, strict=True):
            left = drawn + own * change
            practice = t.baseline + left * (gain_left if left > 0 else loss_left)
            t.practice = practice
            total += practice
        self.practice = total / len(staff)
        self.end(involvement)

    def end(self, involvement: float) -> None:
        """The community grows or frays, and pupils have been taught by this staff room."""
        k, turnover = self.model.k, self.teacher_turnover
        base, by_leadership, by_turnover, by_work = k.community
        called_for = base + by_leadership * self.leadership - by_turnover * turnover + by_work * involvement
        self.community += k.community_pace * (min(max(called_for, 0.0), 1.0) - self.community)
        cost = k.weak_turnover_points if self.model.now.weak[self.row] else k.turnover_points
        points = k.practice_points * self.practice - cost * (turnover - k.usual_turnover)
        if self.principal_tenure < k.principal_years:
            points -= k.principal_points
        self.taught += k.results_pace * (points - self.taught)


class FastTwin(Twin):
    """The twin in its fastest fair form."""

    school_kind = FastSchool
    k: Constants

    def build(self, state: State) -> None:
        """Make the agents."""
        schools = [
            FastSchool(self, row, **traits) for row, traits in enumerate(rows(state[Schools], SCHOOL_TRAITS))
        ]
        places = state[Teachers].school.tolist()
        held = state[Teachers].held.tolist()
        for post, traits in enumerate(rows(state[Teachers], TEACHER_TRAITS)):
            if held[post]:
                teacher = FastTeacher(self, post, qualified=bool(traits.pop("qualified")), **traits)
                schools[places[post]].staff.append(teacher)
        self._year = 0

    def step(self) -> None:
        """Play one half-year."""
        autumn = self.take_inputs()
        if self.now.half_year.year != self._year:
            self._year = self.now.half_year.year
            self.k = Constants(self.now.p)
        self.agents_by_type[FastSchool].do("autumn" if autumn else "spring")
