"""Microsoft Forms: start and completion, address and name; quizzes add points and feedback to every question."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

MICROSOFT_FORMS = Dialect(
    "Microsoft Forms",
    (
        headers("Start time", "Completion time", "Email", "Name"),
        headers("Время начала", "Время выполнения", "Адрес электронной почты", "Имя"),
        headers("Godzina rozpoczęcia", "Godzina ukończenia", "Adres e-mail", "Nazwa"),
        headers("Ora de început", "Ora finalizării", "E-mail", "Nume"),
    ),
    visit=("id",),
    start=("start time", "время начала", "godzina rozpoczęcia", "ora de început"),
    end=("completion time", "время выполнения", "godzina ukończenia", "ora finalizării"),
    handed_in=("completion time", "время выполнения", "godzina ukończenia", "ora finalizării"),
    personal=("email", "name", "адрес электронной почты", "имя", "adres e-mail", "nazwa", "e-mail", "nume"),
    final=("total points", "всего баллов"),
)
