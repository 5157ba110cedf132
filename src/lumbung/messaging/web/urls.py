from django.urls import path

from lumbung.messaging.web import arrivals, channels, chat, deliveries, hooks, policies, templates

app_name = "messaging"

urlpatterns = [
    path("chat", chat.chat, name="chat"),
    path("chat/news", chat.news, name="news"),
    path("chat/mail", chat.by_mail, name="by_mail"),
    path("chat/pictures/<int:pk>", chat.picture, name="picture"),
    path("chat/resume/<str:token>", chat.resume, name="resume"),
    path("hooks/<slug:kind>/<str:key>", hooks.hook, name="hook"),
    path("staff/messages/", deliveries.deliveries, name="deliveries"),
    path("staff/messages/<int:pk>", deliveries.delivery, name="delivery"),
    path("staff/messages/<int:pk>/resending", deliveries.resend, name="resend"),
    path("staff/messages/<int:pk>/decision", deliveries.decide, name="decide"),
    path("staff/messages/unread/", arrivals.unread, name="unread"),
    path("staff/messages/unread/again", arrivals.again, name="unread_again"),
    path("staff/messages/unread/<int:pk>", arrivals.one, name="arrival"),
    path("staff/messages/unread/<int:pk>/let-be", arrivals.let_be, name="let_be"),
    path("staff/messages/rules", policies.policy, name="policy"),
    path("staff/messages/texts/", policies.wordings, name="wordings"),
    path("staff/messages/texts/<slug:code>/<str:language>", policies.wording, name="wording"),
    path("staff/messages/texts/<slug:code>/<str:language>/default", policies.drop, name="wording_drop"),
    path("staff/channels/", channels.channels, name="channels"),
    path("staff/channels/cut", channels.cut, name="cut"),
    path("staff/channels/<int:pk>", channels.channel, name="channel"),
    path("staff/channels/<int:pk>/check", channels.check, name="check"),
    path("staff/channels/<int:pk>/templates", templates.listed, name="templates"),
    path("staff/channels/<int:pk>/templates/reading", templates.read_in, name="templates_read"),
    path("staff/channels/<int:pk>/templates/<int:key>", templates.template, name="template"),
    path("staff/channels/<int:pk>/templates/<int:key>/disuse", templates.give_up, name="template_give_up"),
    path("staff/channels/<int:pk>/switch", channels.switch, name="switch"),
    path("staff/channels/new/<slug:kind>", channels.add, name="channel_add"),
]
