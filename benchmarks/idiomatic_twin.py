"""The twin in its idiomatic form: as one would write it in Mesa, without being wasteful on purpose.

Teachers act one by one in random order; leavers are removed and new agents created; parameters are read where they are used;
what is the same for a whole staff room is worked out once by the school.
"""

from __future__ import annotations

from math import sqrt

import mesa

from benchmarks.twin import LEAVES, SCHOOL_TRAITS, TEACHER_TRAITS, Twin, rows
from sim.parameters.classroom import Classroom
from sim.parameters.load import Load
from sim.parameters.results import Results
from sim.parameters.society import Society
from sim.parameters.turnover import Turnover
from sim.processes.practice import fading_share
from sim.state import State
from sim.state.places import Centrality
from sim.state.schools import Schools, Teachers


class School(mesa.Agent):
    """A school and its staff room."""

    model: IdiomaticTwin

    def __init__(self, model: IdiomaticTwin, row: int, **traits: float) -> None:
        super().__init__(model)
        self.row = row
        self.staff: list[Teacher] = []
        self.fatigue = traits["fatigue"]
        self.community = traits["community"]
        self.leadership = traits["leadership"]
        self.principal_tenure = traits["principal_tenure"]
        self.teacher_turnover = traits["teacher_turnover"]
        self.taught = traits["taught"]
        self.practice = traits["practice"]
        self.norm = traits["norm"]
        self.exit_chance = 0.0
        self.busy = False
        self.offered = 0.0
        self.mean_change = 0.0
        self.fades = 0.0
        self.unkept = 0.0
        self.n_new = 0

    def look_around(self) -> None:
        """Before the summer: how likely it is that somebody leaves."""
        t = self.model.turnover
        by_centrality = (t.teacher_exit_central, t.teacher_exit_middle, t.teacher_exit_remote)
        chance = by_centrality[self.model.now.centrality[self.row]]
        self.exit_chance = chance * (1 + t.fatigue_factor * self.fatigue)
        self.n_new = 0

    def change_posts(self) -> None:
        """Posts go, of leavers first and then of whoever came last; leavers are replaced, and new posts filled."""
        change = self.model.now.posts_change[self.row]
        for _ in range(-change):
            gone = min(self.staff, key=lambda teacher: (teacher.tenure, -teacher.post))
            max(self.staff, key=lambda teacher: teacher.post).post = gone.post
            self.let_go(gone)
        last = max(teacher.post for teacher in self.staff)
        for leaver in [teacher for teacher in self.staff if teacher.tenure < 0]:
            self.let_go(leaver)
            self.hire(leaver.post)
        for k in range(change):
            self.hire(last + 1 + k)

    def let_go(self, leaver: Teacher) -> None:
        """A teacher leaves the country's schools for good."""
        self.staff.remove(leaver)
        leaver.remove()

    def hire(self, post: int) -> None:
        """Somebody comes."""
        self.n_new += 1
        t, c, s = self.model.turnover, self.model.classroom, self.model.society
        u_new, u_experience, u_education, z = self.model.luck.successor(post)
        new = u_new < t.newcomer_share
        experience = 0.0 if new else s.successor_experience * u_experience * 2
        unqualified = self.model.now.unqualified[self.row]
        qualified = u_education >= unqualified
        education = s.unqualified_gap * (s.unqualified_mean - (not qualified))
        differ = s.unqualified_gap**2 * s.unqualified_mean * (1 - s.unqualified_mean)
        spread = s.teacher_sd * sqrt(1 - s.practice_school_share - differ)
        baseline = self.norm + education + spread * z
        age = min(s.age_at_start + experience + s.age_spread * u_experience, t.retirement_from - 1)
        self.staff.append(
            Teacher(
                self.model,
                self,
                post,
                age=age,
                experience=experience,
                tenure=0.0,
                qualified=qualified,
                baseline=baseline,
                practice=baseline - (c.novice_gap if new else 0.0),
                ownership=c.ownership_start,
            )
        )

    def begin_year(self) -> None:
        """The staff is complete; the principal may be another."""
        self.change_posts()
        self.teacher_turnover = self.n_new / len(self.staff)
        t, s = self.model.turnover, self.model.society
        remote = self.model.now.centrality[self.row] == Centrality.REMOTE
        chance = t.principal_exit * (t.principal_remote_factor if remote else 1.0)
        self.principal_tenure += 1
        if self.model.luck.principal_leaving(self.row) < chance:
            self.principal_tenure = 0.0
            leadership = s.leadership_mean + s.leadership_sd * self.model.luck.principal(self.row)
            self.leadership = min(max(leadership, 0.0), 1.0)
            self.community *= 1 - self.model.classroom.new_principal_shakes

    def plan(self) -> None:
        """Tire of what the owner passes on, or recover; take what schemes add to the community and offer to learn."""
        a, now = self.model.load, self.model.now
        called_for = a.fatigue_base + a.fatigue_per_overload * max(now.load[self.row] - 1, 0)
        self.fatigue += a.fatigue_follows / 2 * (min(called_for, 1.0) - self.fatigue)
        self.community += now.lift[self.row]
        self.fatigue += now.tired[self.row]
        self.leadership += now.led[self.row]
        self.busy = now.learning[self.row] > 0
        gains = now.single.get(self.row, {})
        for teacher in self.staff if gains else ():
            teacher.practice += gains.get(teacher.post, 0.0)
        self.offered = now.learning[self.row] * (1 - self.model.classroom.fatigue_weight * self.fatigue)

    def meet(self) -> None:
        """See what has changed in the staff room, and what is kept up."""
        changes = [teacher.practice - teacher.baseline for teacher in self.staff]
        self.mean_change = sum(changes) / len(changes)
        c = self.model.classroom
        self.fades = fading_share(c.half_life)
        self.unkept = self.fades * (1 - c.upkeep_saves * self.model.now.upkeep[self.row])

    def end_half_year(self) -> None:
        """The community grows or frays, and pupils have been taught by this staff room."""
        c, r, now = self.model.classroom, self.model.results, self.model.now
        self.practice = sum(teacher.practice for teacher in self.staff) / len(self.staff)
        called_for = (
            c.community_base
            + c.community_leadership * self.leadership
            - c.community_turnover * self.teacher_turnover
            + c.community_work * now.involvement[self.row]
        )
        self.community += c.community_follows / 2 * (min(max(called_for, 0.0), 1.0) - self.community)
        weak = r.turnover_weak_factor if now.weak[self.row] else 1.0
        loss = r.turnover_cost * (self.teacher_turnover - r.usual_turnover) * weak
        if self.principal_tenure < r.principal_change_years:
            loss += r.principal_change_cost
        points = r.national_sd * (r.practice_to_pupils * self.practice - loss)
        self.taught += r.results_follow / 2 * (points - self.taught)


class Teacher(mesa.Agent):
    """A teacher in a post."""

    model: IdiomaticTwin

    def __init__(
        self, model: IdiomaticTwin, school: School, post: int, *, qualified: bool, **traits: float
    ) -> None:
        super().__init__(model)
        self.school = school
        self.post = post
        self.qualified = qualified
        self.age = traits["age"]
        self.experience = traits["experience"]
        self.tenure = traits["tenure"]
        self.baseline = traits["baseline"]
        self.practice = traits["practice"]
        self.ownership = traits["ownership"]

    def exit_chance(self) -> float:
        """Chance of leaving within the year."""
        t = self.model.turnover
        factor = 1.0
        if self.experience <= t.early_years:
            factor += t.early_factor - 1
        if t.settled_from <= self.experience <= t.settled_to:
            factor += t.settled_factor - 1
        chance = min(self.school.exit_chance * factor, 1.0)
        if self.age >= t.retirement_latest - 1:
            return 1.0
        return max(chance, t.retirement_chance) if self.age >= t.retirement_from else chance

    def decide(self) -> None:
        """Leave, or be a year older in the same post."""
        if self.model.luck.leaving(self.post) < self.exit_chance():
            self.tenure = LEAVES
        else:
            self.age += 1
            self.experience += 1
            self.tenure += 1

    def take_part(self) -> None:
        """Ownership moves with the involvement; what is offered is learned."""
        c, school = self.model.classroom, self.school
        involvement = self.model.now.involvement[school.row] if school.busy else 0.0
        target = max(involvement, c.ownership_start)
        self.ownership += c.ownership_follows / 2 * (target - self.ownership)
        relative = self.ownership / c.usual_ownership
        self.practice += school.offered * (1 - c.ownership_weight + c.ownership_weight * relative)

    def settle(self) -> None:
        """Colleagues draw along; what nobody keeps up fades."""
        school = self.school
        change = self.practice - self.baseline
        change += self.model.classroom.peer_pull * school.community * (school.mean_change - change)
        fades = school.unkept if change > 0 else school.fades
        self.practice = self.baseline + change * (1 - fades)


class IdiomaticTwin(Twin):
    """The twin as one would write it in Mesa."""

    school_kind = School
    turnover: Turnover
    classroom: Classroom
    society: Society
    load: Load
    results: Results

    def build(self, state: State) -> None:
        """Make the agents."""
        schools = [
            School(self, row, **traits) for row, traits in enumerate(rows(state[Schools], SCHOOL_TRAITS))
        ]
        places = state[Teachers].school.tolist()
        held = state[Teachers].held.tolist()
        for post, traits in enumerate(rows(state[Teachers], TEACHER_TRAITS)):
            if held[post]:
                school = schools[places[post]]
                qualified = bool(traits.pop("qualified"))
                school.staff.append(Teacher(self, school, post, qualified=qualified, **traits))

    def step(self) -> None:
        """Play one half-year."""
        autumn = self.take_inputs()
        p = self.now.p
        self.turnover, self.classroom, self.society = p[Turnover], p[Classroom], p[Society]
        self.load, self.results = p[Load], p[Results]
        schools, teachers = self.agents_by_type[School], self.agents_by_type[Teacher]
        if autumn:
            schools.shuffle_do("look_around")
            teachers.shuffle_do("decide")
            schools.shuffle_do("begin_year")
        schools.shuffle_do("plan")
        teachers.shuffle_do("take_part")
        schools.shuffle_do("meet")
        teachers.shuffle_do("settle")
        schools.shuffle_do("end_half_year")
