from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "lumbung.messaging"
    label = "messaging"
