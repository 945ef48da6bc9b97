"""Who works together: partnerships, organisations, people and the bodies in which they talk."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.people.share_models import AnswerKind as AnswerKind
from lemniscaat.people.share_models import Share as Share


class OrganisationKind(models.TextChoices):
    TEAM = "team", _("team")
    SCHOOL = "school", _("school")
    BOARD = "board", _("bestuur")
    INSTITUTE = "institute", _("opleiding")
    PARTNERSHIP = "partnership", _("partnerschap")


class Role(models.TextChoices):
    STUDENT = "student", _("student")
    CAREER_CHANGER = "career_changer", _("zij-instromer")
    STARTER = "starter", _("startende leraar")
    MENTOR = "mentor", _("werkplekbegeleider")
    SCHOOL_EDUCATOR = "school_educator", _("schoolopleider")
    INSTITUTE_EDUCATOR = "institute_educator", _("instituutsopleider")
    SCHOOL_LEADER = "school_leader", _("schoolleider")
    PROGRAMME_LEAD = "programme_lead", _("programmaleider")
    STEERING = "steering", _("lid stuurgroep")
    BOARD_MEMBER = "board_member", _("bestuurder")
    QUALITY = "quality", _("kwaliteitsmedewerker")
    ADMIN = "admin", _("beheerder")


FAMILY: dict[str, str] = {
    Role.STUDENT: "learning",
    Role.CAREER_CHANGER: "learning",
    Role.STARTER: "learning",
    Role.MENTOR: "guiding",
    Role.SCHOOL_EDUCATOR: "guiding",
    Role.INSTITUTE_EDUCATOR: "guiding",
    Role.SCHOOL_LEADER: "leading",
    Role.PROGRAMME_LEAD: "leading",
    Role.STEERING: "leading",
    Role.BOARD_MEMBER: "leading",
    Role.QUALITY: "leading",
    Role.ADMIN: "leading",
}
"""The family of roles that a role is generalised to when too few people share it."""


class Organisation(models.Model):
    """A team, school, board, institute or the partnership itself: each is a layer where people talk."""

    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationLink(models.Model):
    """One organisation is part of another for a while; a school may move, or belong to two partnerships."""

    child = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "parent", "valid_from"], name="organisation_link_once")
        ]


class Partnership(models.Model):
    """The tenant. Its root organisation is the layer on which the whole partnership talks."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    root = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    role_labels = models.JSONField(default=dict, blank=True)
    activity_labels = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", password: str | None = None) -> Person:
        """Add a person who signs in by mail; there are no passwords."""
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A human being: one sign-in, several roles in several places."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    erased_on = models.DateField(null=True, blank=True)
    feed_key = models.CharField(max_length=32, blank=True)
    # the address that did not work; a corrected address is another one, and so works again
    bounced = models.EmailField(blank=True)
    # no moment of signing in is kept: it could be laid beside the moment an answer came in
    last_login = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feed_key"], condition=~models.Q(feed_key=""), name="person_feed_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class Membership(models.Model):
    """A role of a person in an organisation, within one partnership, for a while."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "person", "organisation", "role", "valid_from"], name="membership_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["partnership", "role"])]


class Body(models.Model):
    """A group that talks regularly: a team, an SO network, a steering group.

    `pair`: two people, such as a student and a mentor. Nobody else sees that it is there, nor when they meet.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    rhythm = models.CharField(max_length=120, blank=True)
    pair = models.BooleanField(default=False)
    people = models.ManyToManyField(Person, related_name="+", blank=True)
    feed_key = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["feed_key"], condition=~models.Q(feed_key=""), name="body_feed_key_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A dated moment of a body: where rounds are discussed and agreements come back.

    `sequence` rises with every change, so that a calendar knows which version is the newest; `invited`: those at
    the table had a mail about it, and hear of changes. One that is cancelled stays, for what points at it.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    title = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=120, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    invited = models.BooleanField(default=False)
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at"]


class TrailEntry(models.Model):
    """Who changed what, and who looked at what is sensitive. Never about answering an anonymous round.

    `organisation` is the layer it happened at; empty where only the partnership as a whole may read it.
    """

    partnership = models.ForeignKey(Partnership, null=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=40)
    noun = models.CharField(max_length=40)
    noun_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    looked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]


class OutgoingMail(models.Model):
    """A mail to send; its text is wiped once it is out, because it may hold a personal link.

    `calendar`: the same news as a calendar program reads it, or nothing. `sender`: the name it comes from, beside the
    address of the house; `reply_to`: who reads an answer. `stop_url`: where a mail program says 'no more of these'.
    `about`: what it belongs to, for who wants to hear that it could not be delivered; `next_try`: not before.
    """

    partnership = models.ForeignKey(Partnership, null=True, on_delete=models.CASCADE, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    sender = models.CharField(max_length=160, blank=True)
    reply_to = models.EmailField(blank=True)
    stop_url = models.CharField(max_length=300, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    about = models.CharField(max_length=40, blank=True)
    next_try = models.DateTimeField(null=True, blank=True)


class Upload(models.Model):
    """A table that waits between its preview and the yes."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    text = models.TextField()
    uploaded_on = models.DateField()
